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
import { changeLine, type FollowedChange, followRun } from '../follow/index.ts';
import { findInputs } from '../input/index.ts';
import { renderText, summarizer } from '../summary/index.ts';
import type { LogsArguments } from './arguments.ts';

/** `logs [RUN] --follow`: tells what happens in a run while it happens, and its summary when it has ended. */
export async function followAction(args: LogsArguments, context: CommandContext): Promise<number> {
  const { io, colors, columns, format, output } = context;
  if (output !== undefined)
    throw new CommandError('USAGE', '--follow writes to standard output only, without -o');
  const timeZone = knownTimeZone(args.timeZone);
  const [input, ...others] = await findInputs(args.files, { cwd: io.cwd, stateFolder: stateFolderOf(io) });
  if (input === undefined || others.length > 0 || input.paths.includes('-')) {
    throw new CommandError('USAGE', '--follow takes one run: its number, its folder, a journal or a log', {
      hint: 'standard input is read as it comes by every other view',
    });
  }
  let signal: SignalName | undefined;
  const waiting = new AbortController();
  const unlisten = io.onSignal((name) => {
    signal = name;
    waiting.abort();
  });
  const print = (change: FollowedChange) => {
    const line = format === 'json' ? JSON.stringify(change) : changeLine(change, colors, timeZone);
    if (args.job === undefined || change.job === undefined || change.job === args.job)
      io.stdout.write(`${line}\n`);
  };
  try {
    const { runs, why } = await followRun(input, {
      onChange: print,
      sleep: (ms) => delay(ms, undefined, { signal: waiting.signal }).catch(() => undefined),
      isStopped: () => signal !== undefined || io.stdout.closed,
    });
    if (why === 'gone')
      context.warn(
        'the engine of this run is gone, and the run is not finished; executioner run --resume-from goes on with it',
      );
    if (format === 'text' && why !== 'stopped') {
      const gathered = summarizer({ cwd: io.cwd });
      for (const run of runs) gathered.add(run);
      const summary = gathered.summary({ sources: [], findings: [] });
      io.stdout.write(`\n${renderText(summary, { colors, columns, timeZone, all: args.all })}`);
    }
    await io.stdout.drained();
    if (signal !== undefined) return exitCodeOfSignal(signal);
    return runs.every(({ outcome }) => outcome === 'succeeded') ? exitCodes.done : exitCodes.findings;
  } finally {
    unlisten();
  }
}
