import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckContext, CheckParams, CheckResult } from './check.ts';
import { runProgram } from './runProgram.ts';

/**
 * Runs the check at the path `name`. A JavaScript module exports a function as default, or an object with a function
 * `run`, and answers as `moduleResult` reads; any other file is executed, gets the parameters as JSON on standard input
 * and passes with exit code 0.
 */
export async function runPlugIn(
  name: string,
  params: CheckParams,
  context: CheckContext,
): Promise<CheckResult> {
  const file = resolve(context.folder, name);
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) {
    const problem = found === undefined ? 'does not exist' : 'is not a file';
    return { ok: false, values: { plug_in: file }, message: `the check plug-in "${file}" ${problem}` };
  }
  return /\.[cm]?js$/.test(file) ? runModule(file, params, context) : execute(file, params, context);
}

async function runModule(file: string, params: CheckParams, context: CheckContext): Promise<CheckResult> {
  const failed = (message: string): CheckResult => ({
    ok: false,
    values: { plug_in: file, ...params },
    message,
  });
  let exported: unknown;
  try {
    const loaded = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
    exported = loaded.default ?? loaded;
  } catch (error) {
    return failed(`the check plug-in "${file}" cannot be loaded: ${messageOf(error)}`);
  }
  const run = runFunction(exported);
  if (run === undefined) {
    return failed(
      `the check plug-in "${file}" exports neither a function as default nor an object with "run"`,
    );
  }
  try {
    return moduleResult(await run(params, context), file, params);
  } catch (error) {
    context.signal.throwIfAborted();
    return failed(`${basename(file)}: ${messageOf(error)}`);
  }
}

type RunFunction = (params: CheckParams, context: CheckContext) => unknown;

function runFunction(exported: unknown): RunFunction | undefined {
  if (typeof exported === 'function') return exported as RunFunction;
  const { run } = (exported ?? {}) as { readonly run?: unknown };
  return typeof run === 'function' ? (run.bind(exported) as RunFunction) : undefined;
}

/** A module answers with true or false, or with `{ ok, message?, values? }`. */
function moduleResult(answer: unknown, file: string, params: CheckParams): CheckResult {
  const { ok, message, values } = (
    typeof answer === 'object' && answer !== null ? answer : { ok: answer }
  ) as {
    readonly [Key in keyof CheckResult]?: unknown;
  };
  if (typeof ok !== 'boolean') {
    const found = JSON.stringify(answer) ?? String(answer);
    throw new Error(`it answered ${found}, which is neither true, false nor an object with "ok"`);
  }
  return {
    ok,
    values: { plug_in: file, ...params, ...(typeof values === 'object' ? values : {}) },
    message: typeof message === 'string' ? message : `${basename(file)} ${ok ? 'passed' : 'did not pass'}`,
  };
}

async function execute(file: string, params: CheckParams, context: CheckContext): Promise<CheckResult> {
  const { workingDir, environment, signal } = context;
  const isExecutable = await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isExecutable) {
    const message = `the check plug-in "${file}" is not executable: chmod +x it, or name a module (.mjs)`;
    return { ok: false, values: { plug_in: file }, message };
  }
  const env = { ...environment, EXECUTIONER_JOB: context.job };
  const end = await runProgram({ argv: [file], cwd: workingDir, env, input: JSON.stringify(params) }, signal);
  if (!end.started) {
    const why =
      end.errno === 'ENOEXEC' ? 'its first line must name its interpreter, such as #!/bin/sh' : end.message;
    const values = { plug_in: file, errno: end.errno };
    return { ok: false, values, message: `the check plug-in "${file}" could not be started: ${why}` };
  }
  const how = end.signal === null ? `exit code ${end.exitCode}` : `signal ${end.signal}`;
  const said = end.lastLines.join(' | ');
  return {
    ok: end.exitCode === 0,
    values: {
      plug_in: file,
      ...params,
      ...(end.signal === null ? { exit_code: end.exitCode } : { signal: end.signal }),
    },
    message: said === '' ? `${basename(file)} ended with ${how}` : said,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
