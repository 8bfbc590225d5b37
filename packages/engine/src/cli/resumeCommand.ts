import { isSecretName, parseAssignments } from '@executioner/core';
import type { RunArguments } from './runArguments.ts';
import { shellWord } from './shellWord.ts';

/** How `run` is called, where `history` or `run` itself was: `executioner run`, `executioner-engine`. */
export function runCalledAs(calledAs: string): string {
  return calledAs.replace(/ history$/, ' run');
}

/**
 * The command that goes on with a run under the options it was started with; a workflow that was not named is found
 * through the run. Undefined for a configuration that came through standard input. Values of variables that are
 * secrets are left to the reader's shell.
 */
export function resumeCommand(
  args: RunArguments,
  run: number,
  secrets: readonly string[],
  calledAs: string,
): string | undefined {
  const workflow = args.workflow ?? args.config;
  if (workflow === '-') return undefined;
  const options = [
    ['--resume-from', `${run}`],
    args.continueOnError ? ['--continue-on-error'] : [],
    args.parallel ? ['--parallel'] : [],
    args.sequential ? ['--sequential'] : [],
    args.workers === undefined ? [] : ['--workers', `${args.workers}`],
    args.select === undefined ? [] : ['--select', args.select],
    args.skip.length === 0 ? [] : ['--skip', args.skip.join(',')],
  ];
  const variables = Object.entries(parseAssignments(args.env)).map(([name, value]) =>
    isSecretName(name, secrets) ? `--env "${name}=$${name}"` : `--env ${shellWord(`${name}=${value}`)}`,
  );
  return [
    calledAs,
    ...[...(workflow === undefined ? [] : [workflow]), ...options.flat()].map(shellWord),
    ...variables,
  ].join(' ');
}
