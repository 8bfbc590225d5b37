import { resolve } from 'node:path';
import { type CommandContext, CommandError, exitCodes } from '@executioner/core';
import { type ImportFinding, importHistory, type StoredRun } from '../../imports/index.ts';
import { tell, withHistory } from './context.ts';
import { writeResult } from './writeResult.ts';

interface ImportedFile {
  readonly file: string;
  readonly runs: readonly StoredRun[];
  readonly findings: readonly ImportFinding[];
}

/** Takes files of other programs into the history. 2 when one could not be read, 1 when something was left out. */
export async function importFiles(words: readonly string[], context: CommandContext): Promise<number> {
  if (words.length === 0) {
    throw new CommandError('USAGE', 'history import needs the name of a file', {
      hint: 'for example: executioner history import jobs_history.db .ninja_log',
    });
  }
  const { io, version } = context;
  return await withHistory(context, async (history, stateFolder) => {
    const results: ImportedFile[] = [];
    for (const word of words) {
      const options = { stateFolder, history, file: resolve(io.cwd, word), nowMs: io.clock.nowMs(), version };
      const result = await importHistory(options);
      results.push({ file: word, ...result });
      for (const finding of result.findings) showFinding(finding, word, context);
      tell(history.catchUp({ first: result.runs.map(({ run }) => run) }), context);
    }
    const told = results.filter(({ findings }) => !isRefused(findings));
    await writeResult(context, { files: results }, () => told.map(importSummary).join(''));
    const findings = results.flatMap((result) => result.findings);
    if (isRefused(findings)) return exitCodes.usage;
    return findings.length > 0 ? exitCodes.findings : exitCodes.done;
  });
}

function isRefused(findings: readonly ImportFinding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

function showFinding(
  { code, severity, message, line, hint }: ImportFinding,
  file: string,
  { io, messageColors: colors }: CommandContext,
): void {
  const place = line === undefined ? file : `${file}:${line}`;
  const tinted = severity === 'error' ? colors.red : colors.yellow;
  io.stderr.write(
    `${place}: ${tinted(`${severity} ${code}:`)} ${message}\n${hint === undefined ? '' : `  hint: ${hint}\n`}`,
  );
}

/** `joblog: 1 run, 4 jobs: 1 new`, and which runs have got other numbers. */
function importSummary({ file, runs }: ImportedFile): string {
  const count = (state: StoredRun['state']) => runs.filter((run) => run.state === state).length;
  const jobs = runs.reduce((sum, run) => sum + run.jobs, 0);
  const parts = [
    `${count('new')} new`,
    ...(count('updated') > 0 ? [`${count('updated')} updated`] : []),
    ...(count('known') > 0 ? [`${count('known')} known already`] : []),
    ...(count('resumed') > 0 ? [`${count('resumed')} left alone, since they were resumed here`] : []),
  ];
  const head = `${file}: ${counted(runs.length, 'run')}, ${counted(jobs, 'job')}: ${parts.join(', ')}\n`;
  return head + renumbered(runs).join('');
}

/** Neighbours that moved by the same distance stand in one line. */
function renumbered(runs: readonly StoredRun[]): string[] {
  const moved = runs.flatMap(({ state, recordedRun, run }) =>
    state === 'new' && recordedRun !== undefined && recordedRun !== run
      ? [{ from: recordedRun, to: run }]
      : [],
  );
  const spans: { first: Move; last: Move }[] = [];
  for (const move of moved) {
    const span = spans.at(-1);
    if (span !== undefined && move.from === span.last.from + 1 && move.to === span.last.to + 1)
      span.last = move;
    else spans.push({ first: move, last: move });
  }
  return spans.map(({ first, last }) =>
    first === last
      ? `  its run ${first.from} is run ${first.to} here, since that number was taken\n`
      : `  its runs ${first.from} to ${last.from} are runs ${first.to} to ${last.to} here, since those numbers were taken\n`,
  );
}

interface Move {
  readonly from: number;
  readonly to: number;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
