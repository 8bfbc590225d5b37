import { homedir } from 'node:os';
import {
  type CommandContext,
  CommandError,
  type Configuration,
  exitCodes,
  nearest,
  parseAssignments,
} from '@executioner/core';
import { saveMemory } from '../engineTuning.ts';
import { noEstimates } from '../history/index.ts';
import { type IdleLauncher, idleLauncher, launcherPath } from '../launcher/index.ts';
import { plainLines, terminalProgress } from '../progress/index.ts';
import { type Run, type StartOptions, start } from '../run/index.ts';
import { renderSummary } from '../summary/index.ts';
import { dryRun } from './dryRun.ts';
import { loadWorkflow } from './loadWorkflow.ts';
import { pastOf, recordRun } from './recordRun.ts';
import { resumeCommand } from './resumeCommand.ts';
import {
  assertResumeArguments,
  beginResume,
  explained,
  markSuccess,
  resumedWorkflow,
  resumption,
} from './resumeRun.ts';
import type { RunArguments } from './runArguments.ts';
import { sampleConfiguration, simpleConfiguration } from './sampleConfigurations.ts';
import { selectJobs } from './selectJobs.ts';
import { visibleVariables } from './visibleVariables.ts';

/** Does what `executioner run` was asked for; returns the exit code. */
export async function runWorkflow(args: RunArguments, context: CommandContext): Promise<number> {
  if (args.simpleConfig) return print(context, simpleConfiguration);
  if (args.sampleConfig) return print(context, sampleConfiguration);
  if (args.listRuns !== undefined || args.showRun !== undefined) return showPast(args, context);

  if (args.markSuccess) return markSuccess(args, context);
  assertResumeArguments(args);
  const launcher = args.dryRun || args.explain ? undefined : launcherFor(context);
  try {
    return await runOrShow(args, launcher, context);
  } finally {
    launcher?.dismiss();
  }
}

/** From here on memory is worth more than time. */
const manyJobs = 5000;

/** Comes up while the workflow is read: a tenth of a second less to wait for the first job. */
function launcherFor({ io }: CommandContext): IdleLauncher {
  return idleLauncher({ entry: launcherPath(), env: io.env });
}

async function runOrShow(
  args: RunArguments,
  launcher: IdleLauncher | undefined,
  context: CommandContext,
): Promise<number> {
  const { io } = context;
  if (args.plan !== undefined) return runPlanned(args.plan, args, launcher, context);

  const loaded = await loadWorkflow(workflowFile(args, context), context);
  if (loaded === undefined) return exitCodes.usage;
  const { configuration } = loaded;
  if (configuration.jobs.length >= manyJobs) saveMemory();
  if (args.workers !== undefined && !args.parallel && !configuration.parallel) {
    context.note(
      '--workers has no effect without --parallel or "parallel" in the file: jobs run one at a time',
    );
  }
  const only = args.select === undefined ? undefined : selectJobs(args.select, configuration, context);
  if (args.select !== undefined && only === undefined) return exitCodes.usage;
  const { estimatesMs, pastDurationMs } =
    args.history === false ? noEstimates : await pastOf(configuration, context);
  const options = {
    ...startOptions(args, configuration, only, context),
    ...(launcher === undefined ? {} : { idleLauncher: launcher }),
    estimatesMs,
    pastDurationMs,
  };
  if (args.visible || args.debug) io.stderr.write(visibleVariables(configuration, options));
  if (args.resumeFrom !== undefined) {
    const prepare = (shown: StartOptions) => resumption(configuration, shown, args, context);
    if (args.explain || args.dryRun) return explained(await prepare(options), context);
    return execute(configuration, options, args, context, async (shown) =>
      beginResume(await prepare(shown), context),
    );
  }
  if (args.dryRun) return print(context, dryRun(configuration, options, context.colors));
  return execute(configuration, options, args, context);
}

function print({ io }: CommandContext, text: string): number {
  io.stdout.write(text);
  return exitCodes.done;
}

/** v1's options for what `executioner history` does. */
async function showPast(args: RunArguments, context: CommandContext): Promise<number> {
  const { showRun, showRuns } = await import('./history/actions.ts');
  const shown = { ...context, format: args.json ? 'json' : 'text' };
  if (args.showRun !== undefined) await showRun(args.showRun, shown);
  else
    await showRuns(
      { limit: args.limit, ...(typeof args.listRuns === 'string' ? { application: args.listRuns } : {}) },
      shown,
    );
  return exitCodes.done;
}

/** Runs exactly what was planned, or shows what differs and starts nothing. */
async function runPlanned(
  file: string,
  args: RunArguments,
  launcher: IdleLauncher | undefined,
  context: CommandContext,
): Promise<number> {
  const { readPlan, heldToPlan } = await import('./plan/heldToPlan.ts');
  const plan = await readPlan(file, context);
  const loaded = await loadWorkflow(args.workflow ?? args.config ?? plan.file, context);
  if (loaded === undefined) return exitCodes.usage;
  const options = {
    ...startOptions(args, loaded.configuration, undefined, context),
    ...(launcher === undefined ? {} : { idleLauncher: launcher }),
  };
  const held = heldToPlan(loaded.configuration, options, plan, context);
  return held === undefined ? exitCodes.usage : execute(held.configuration, held.options, args, context);
}

function workflowFile(
  { workflow, config, resumeFrom, force }: RunArguments,
  context: CommandContext,
): string {
  if (workflow !== undefined && config !== undefined && workflow !== config) {
    throw new CommandError(
      'TWO_WORKFLOWS',
      `both "${workflow}" and "${config}" are named as the configuration`,
      {
        hint: 'name one, with or without --config',
      },
    );
  }
  const named = workflow ?? config;
  if (named !== undefined) return named;
  return resumeFrom === undefined ? 'jobs_config.json' : resumedWorkflow(resumeFrom, force, context);
}

function startOptions(
  args: RunArguments,
  configuration: Configuration,
  only: readonly string[] | undefined,
  { io }: CommandContext,
): StartOptions {
  assertKnown(args.skip, configuration);
  const { HOME = homedir() } = io.env;
  return {
    environment: { ...io.env, HOME },
    clock: io.clock,
    variables: parseAssignments(args.env),
    skip: args.skip,
    ...(only === undefined ? {} : { only }),
    ...(args.continueOnError ? { onFailure: 'continue' } : {}),
    ...(args.parallel || args.sequential ? { parallel: args.parallel } : {}),
    ...(args.workers === undefined ? {} : { workers: args.workers }),
    ...(args.seed === undefined ? {} : { seed: args.seed }),
    notify: args.notify !== false,
  };
}

function assertKnown(ids: readonly string[], { jobs }: Configuration): void {
  const known = new Set(jobs.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  throw new CommandError('UNKNOWN_JOB', `there is no job "${unknown}" to skip`, {
    hint: meant === undefined ? 'name ids as they stand in the configuration' : `did you mean "${meant}"?`,
  });
}

async function execute(
  configuration: Configuration,
  options: StartOptions,
  args: RunArguments,
  context: CommandContext,
  begin: (options: StartOptions) => Run | Promise<Run> = (shown) => start(configuration, shown),
): Promise<number> {
  const { io, colors, quiet } = context;
  const live = isLive(args, context)
    ? terminalProgress({ sink: io.stdout, colors, clock: io.clock })
    : undefined;
  const onLog = live?.log ?? plainLines(io.stdout, colors);
  const run = await begin(args.json || quiet ? options : { ...options, onLog });
  const ignoreSignals = stopOnSignals(run, context);
  const shown = live?.follow(run) ?? showEvents(run, args, context);
  try {
    const { summary, exitCode } = await run.result;
    await shown;
    if (!args.json && (!quiet || exitCode !== 0)) {
      const command = resumeCommand(args, run.id, configuration.secrets, context.calledAs);
      io.stdout.write(`\n${renderSummary(summary, { colors, resumeCommand: command })}`);
    }
    if (args.history !== false) await recordRun(run, configuration, context);
    if (context.verbose) context.note(`journal: ${run.folder}`);
    return exitCode;
  } finally {
    ignoreSignals();
  }
}

/** One line is redrawn only where nobody else writes between, and where somebody can see it. */
function isLive({ json, debug }: RunArguments, { io, quiet, verbose }: CommandContext): boolean {
  return io.stdout.isTTY && io.env.TERM !== 'dumb' && !json && !debug && !quiet && !verbose;
}

/** The first signal stops the run, the second kills it; further ones change nothing. */
function stopOnSignals(run: Run, { io }: CommandContext): () => void {
  let received = 0;
  return io.onSignal((signal) => {
    received += 1;
    if (received === 1) run.cancel(signal);
    if (received === 2) run.kill(signal);
  });
}

/** Events on standard output for `--json`, on standard error for `--debug`. */
async function showEvents(run: Run, { json, debug }: RunArguments, { io }: CommandContext): Promise<void> {
  if (!json && !debug) return;
  for await (const event of run.events) {
    const line = `${JSON.stringify(event)}\n`;
    if (json) io.stdout.write(line);
    if (debug) io.stderr.write(line);
  }
}
