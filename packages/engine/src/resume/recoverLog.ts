import { existsSync, statSync } from 'node:fs';
import type { LaunchFate, LaunchFates } from '../launcher/index.ts';
import type { Masker, OutputReader } from '../output/index.ts';
import type { TextLogWriter } from '../textlogs/index.ts';
import type { ExpectedLine, ExpectedLog } from './expectedLog.ts';
import { surveyLog } from './logSurvey.ts';

export interface RecoveryHost {
  readonly writer: Pick<TextLogWriter, 'jobLog' | 'output' | 'write'>;
  readonly reader: OutputReader;
  readonly masker: Masker;
  readonly fates: Pick<LaunchFates, 'of'>;
  /** Wall clock, milliseconds since 1970. */
  readonly nowMs: () => number;
}

/**
 * Completes the log of a job with what its tries have printed and what the engine of that time had to say, where that
 * engine died before it had written it: each line once. The output of the try `left`, if any, is left to somebody else:
 * the result is how many of its lines are in the log already.
 */
export async function recoverLog(
  expected: ExpectedLog,
  left: string | undefined,
  host: RecoveryHost,
): Promise<number> {
  const { lines, tries } = expected;
  const { job } = expected;
  const survey = await surveyLog(host.writer.jobLog(job), expected, host.masker);
  const outputLines = [...survey.outputLines];
  const missing = lines.slice(survey.linesWritten);
  let leftLines = 0;
  for (let at = survey.at; at <= tries.length; at++) {
    const here = missing.filter(({ triesBefore }) => triesBefore === at);
    write(here.filter(({ isAmidOutput }) => !isAmidOutput));
    const token = tries[at];
    if (token !== undefined) {
      const written = outputLines[at]!;
      if (token === left) leftLines = written;
      else {
        const surplus = await writeOutput(job, token, written, host);
        if (surplus > 0 && at + 1 < tries.length) outputLines[at + 1]! += surplus;
      }
    }
    write(here.filter(({ isAmidOutput }) => isAmidOutput));
  }
  return leftLines;

  function write(expectedLines: readonly ExpectedLine[]): void {
    host.writer.write(expectedLines.map(({ line }) => line));
  }
}

/** Writes a try's output but for its first lines; returns by how many these are more than there is. */
async function writeOutput(job: string, token: string, written: number, host: RecoveryHost): Promise<number> {
  const output = outputOf(host.fates.of(token), host);
  if (output === undefined) return 0;
  let toDrop = written;
  const follower = host.reader.follow(output.spool, {
    async lines(lines) {
      const fresh = lines.slice(toDrop);
      toDrop = Math.max(0, toDrop - lines.length);
      if (fresh.length > 0) host.writer.output(job, fresh, output.atMs);
    },
  });
  await follower.finish(output.end, false);
  return toDrop;
}

/** Where the output of a try is that will print no more; undefined when it was removed, as it is once it was read. */
function outputOf(fate: LaunchFate, { nowMs }: RecoveryHost) {
  if (fate.kind !== 'exited' && fate.kind !== 'unknown') return undefined;
  const { spool } = fate;
  if (spool === undefined || !existsSync(spool.path)) return undefined;
  return fate.kind === 'exited'
    ? { spool, end: fate.spoolEnd, atMs: fate.endedAtMs }
    : { spool, end: statSync(spool.path).size, atMs: nowMs() };
}
