import { setTimeout as delay } from 'node:timers/promises';
import {
  type CommandContext,
  CommandError,
  exitCodeOfSignal,
  exitCodes,
  type SignalName,
} from '@executioner/core';
import { stateFolderOf } from '@executioner/engine';
import { knownTimeZone } from '@executioner/report';
import {
  changeLines,
  type FollowedChange,
  type FollowedFiles,
  type FollowTarget,
  followRun,
  followTarget,
  lookEveryMs,
  outputOfFailure,
} from '../follow/index.ts';
import type { LogsArguments } from './arguments.ts';
import { nearer } from './findings.ts';

/** `logs [RUN] --follow`: tells what happens in a run while it happens, until it ends; exits as the run has ended. */
export async function followAction(args: LogsArguments, context: CommandContext): Promise<number> {
  const { io, colors, format, output } = context;
  if (output !== undefined)
    throw new CommandError('USAGE', '--follow writes to standard output only, without -o');
  const timeZone = knownTimeZone(args.timeZone);
  const [word, ...others] = args.files;
  if (others.length > 0 || word === '-') {
    throw new CommandError('USAGE', '--follow takes one run: its number, its folder, a journal or a log', {
      hint: 'of several put a glob in quotes, as in "logs/*.log": the run under way is followed, else the next one',
    });
  }
  let signal: SignalName | undefined;
  const waiting = new AbortController();
  const unlisten = io.onSignal((name) => {
    signal = name;
    waiting.abort();
  });
  const sleep = (ms: number): Promise<void> =>
    delay(ms, undefined, { signal: waiting.signal }).catch(() => undefined);
  const isStopped = () => signal !== undefined || io.stdout.closed;
  const print = (change: FollowedChange): void => {
    const lines = format === 'json' ? [JSON.stringify(change)] : changeLines(change, colors, timeZone);
    io.stdout.write(`${lines.join('\n')}\n`);
  };
  try {
    const target = await followTarget(word, {
      cwd: io.cwd,
      stateFolder: stateFolderOf(io),
      nowMs: io.clock.nowMs(),
    });
    const files = await found(target, { context, sleep, isStopped });
    if (files === undefined) return signal === undefined ? exitCodes.done : exitCodeOfSignal(signal);
    const { run, why } = await followRun(files, {
      async onChange(news, runNow) {
        const { change } = news;
        if (args.job !== undefined && change.job !== undefined && change.job !== args.job) return;
        print({
          ...change,
          ...(await outputOfFailure(news, runNow, { cwd: io.cwd, sleep, nowMs: io.clock.nowMs })),
        });
      },
      onWaiting(why) {
        context.note(`${nearer(files.at(-1)!, io.cwd)} ${why}: waiting for more, Ctrl-C ends it`);
      },
      sleep,
      isStopped,
    });
    if (why === 'gone')
      context.warn(
        'the engine of this run is gone, and the run is not finished; executioner run --resume-from goes on with it',
      );
    await io.stdout.drained();
    if (signal !== undefined) return exitCodeOfSignal(signal);
    return run?.outcome === 'succeeded' ? exitCodes.done : exitCodes.findings;
  } finally {
    unlisten();
  }
}

/** Waits until there is something to follow; undefined when it was stopped before. */
async function found(
  target: FollowTarget,
  {
    context,
    sleep,
    isStopped,
  }: {
    readonly context: CommandContext;
    readonly sleep: (ms: number) => Promise<void>;
    readonly isStopped: () => boolean;
  },
): Promise<FollowedFiles | undefined> {
  let files = target.find();
  if (files === undefined) context.note(`waiting for ${target.awaited}; Ctrl-C ends it`);
  while (files === undefined && !isStopped()) {
    await sleep(lookEveryMs);
    files = target.find();
  }
  return files;
}
