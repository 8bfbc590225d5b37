import { homedir } from 'node:os';
import {
  type CommandContext,
  CommandError,
  type Configuration,
  exitCodes,
  outcomes,
} from '@executioner/core';
import {
  type Decision,
  explainResume,
  type PreparedResume,
  prepareMark,
  prepareResume,
  resumableRun,
} from '../resume/index.ts';
import type { Run, StartOptions } from '../run/index.ts';
import { ask } from './ask.ts';
import { stateFolderOf } from './history/context.ts';
import { runCalledAs } from './resumeCommand.ts';
import type { MarkArguments, ResumeArguments } from './runArguments.ts';

/**
 * The configuration file of the run to resume.
 *
 * @throws CommandError `NO_WORKFLOW` when nothing tells, and what `resumableRun` throws.
 */
export function resumedWorkflow(run: number, force: boolean, { io }: CommandContext): string {
  const { file } = resumableRun({
    environment: environmentOf(io),
    stateFolder: stateFolderOf(io),
    run,
    force,
  });
  if (file !== undefined) return file;
  throw new CommandError('NO_WORKFLOW', `nothing tells which configuration run ${run} was made from`, {
    hint: `name it: executioner run workflow.yaml --resume-from ${run}`,
  });
}

/** @throws CommandError `USAGE` for options that only make sense together with others. */
export function assertResumeArguments({ resumeFrom, ...args }: ResumeArguments): void {
  if (resumeFrom !== undefined) return;
  const stray = [
    args.resumeFailedOnly ? '--resume-failed-only' : undefined,
    args.explain ? '--explain' : undefined,
    args.force ? '--force' : undefined,
  ].find((name) => name !== undefined);
  if (stray !== undefined)
    throw new CommandError('USAGE', `${stray} says how to resume a run, and none is named`, {
      hint: 'name the run with --resume-from N',
    });
}

/** Finds out what the resume would do, and asks about jobs of unknown fate where that was asked for. */
export async function resumption(
  configuration: Configuration,
  options: StartOptions,
  args: ResumeArguments,
  context: CommandContext,
): Promise<PreparedResume> {
  const { skip, ...others } = options;
  const resumeOptions = {
    ...others,
    ...(skip === undefined || [...skip].length === 0 ? {} : { skip }),
    ...(args.onUnknown === undefined ? {} : { onUnknown: args.onUnknown }),
    stateFolder: stateFolderOf(context.io),
    run: args.resumeFrom!,
    failedOnly: args.resumeFailedOnly,
    force: args.force,
  };
  const prepared = await prepareResume(configuration, resumeOptions);
  if (args.onUnknown !== 'ask' || args.explain) return prepared;
  const refused: string[] = [];
  for (const { job } of unknownJobs(prepared)) {
    const question = `Nobody can say how job "${job}" ended. Run it again?`;
    if (!(await ask(question, context))) refused.push(job);
  }
  return prepareResume(configuration, { ...resumeOptions, onUnknown: 'rerun', refused });
}

/** Says what is worth knowing before a resume begins, and begins it. */
export function beginResume(prepared: PreparedResume, context: CommandContext): Run {
  const unknown = unknownJobs(prepared);
  if (unknown.length > 0) {
    context.warn(`nobody can say how these jobs ended: ${unknown.map(({ job }) => job).join(', ')}`);
  }
  for (const { job, pid } of prepared.removed) {
    if (pid !== undefined)
      context.warn(`job ${job} is not in the configuration any more; its process ${pid} still runs`);
  }
  return prepared.start();
}

export function explained(prepared: PreparedResume, { io }: CommandContext): number {
  io.stdout.write(explainResume(prepared));
  return exitCodes.done;
}

function unknownJobs({ decisions }: PreparedResume): Decision[] {
  return decisions.filter(({ why }) => why === 'unknown');
}

/** `--mark-success -r RUN -j JOBS`: asks, then writes it down. */
export async function markSuccess(args: MarkArguments, context: CommandContext): Promise<number> {
  const { io } = context;
  const { runId: run, jobs } = args;
  if (run === undefined || jobs.length === 0) {
    throw new CommandError('USAGE', '--mark-success needs the run and the jobs', {
      hint: 'for example: executioner run --mark-success -r 249 -j load,report',
    });
  }
  const prepared = await prepareMark({
    environment: environmentOf(io),
    stateFolder: stateFolderOf(io),
    run,
    jobs,
    by: io.env.USER ?? 'user',
    clock: io.clock,
    force: args.force,
  });
  for (const { job, outcome } of prepared.jobs) {
    io.stdout.write(
      `  ${job}: ${outcome === undefined ? 'not ended' : outcomes[outcome].words} -> succeeded\n`,
    );
  }
  if (
    !args.yes &&
    !(await ask(
      `Mark ${jobs.length === 1 ? 'this job' : 'these jobs'} of run ${run} as successful?`,
      context,
    ))
  ) {
    io.stdout.write('Nothing was changed.\n');
    return exitCodes.findings;
  }
  const { attempt } = await prepared.mark();
  io.stdout.write(
    `Marked as attempt ${attempt} of run ${run}. To go on: ${runCalledAs(context.calledAs)} --resume-from ${run}\n`,
  );
  return exitCodes.done;
}

function environmentOf(io: CommandContext['io']): Readonly<Record<string, string | undefined>> {
  const { HOME = homedir() } = io.env;
  return { ...io.env, HOME };
}
