import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { type CommandContext, CommandError, type CommandIo } from '@executioner/core';
import { type CaughtUp, type History, openHistory } from '../../history/index.ts';
import { stateFolder } from '../../runs/index.ts';

/** The state folder that a command's environment names, absolute. */
export function stateFolderOf(io: CommandIo): string {
  return resolve(io.cwd, stateFolder({ env: io.env, home: io.env.HOME ?? homedir() }));
}

/** Opens the history, brings it up to date, and closes it after `action`. */
export async function withHistory<T>(
  context: CommandContext,
  action: (history: History, stateFolder: string) => T | Promise<T>,
): Promise<T> {
  const { io } = context;
  const folder = stateFolderOf(io);
  const history = await openHistory({ stateFolder: folder, nowMs: io.clock.nowMs });
  try {
    tell(history.catchUp(), context);
    return await action(history, folder);
  } finally {
    history.close();
  }
}

/** What keeps the index from telling everything. */
export function tell({ state, findings }: CaughtUp, { warn }: CommandContext): void {
  if (state === 'busy')
    warn('another process is writing the history, so the newest runs may be missing here');
  for (const { severity, file, line, message } of findings) {
    if (severity === 'error') warn(`${file}:${line}: ${message}`);
  }
}

export function notTime(option: string, text: string, example: string): CommandError {
  return new CommandError('USAGE', `${option} "${text}" is no time`, { hint: `write it as ${example}` });
}

export function runNotFound(run: number, latest: number | undefined): CommandError {
  return new CommandError('RUN_NOT_FOUND', `there is no run ${run} in the history`, {
    hint: latest === undefined ? 'there are no runs yet' : `the latest run is ${latest}`,
  });
}
