import { createReadStream } from 'node:fs';
import { parseLogName } from '../fileNames.ts';
import type { LoggedRun } from './loggedRun.ts';
import { mergeRuns } from './mergeRuns.ts';
import { runCollector } from './runCollector.ts';
import { type TextLogSurvey, textLogParser } from './textLogParser.ts';

export interface TextLogReading {
  /** What all files together tell, in the order of starting. */
  readonly runs: LoggedRun[];
  readonly surveys: readonly (TextLogSurvey & { readonly file: string })[];
}

/**
 * Reads text logs, of version 1 or ours: run logs, application logs and job logs, in any order; see `mergeRuns`. Names of
 * files tell what their content does not. Rejects when a file cannot be read; one that is no log gives no run, and its
 * survey says so.
 */
export async function readTextLogs(files: readonly string[]): Promise<TextLogReading> {
  const read: { readonly rank: number; readonly runs: LoggedRun[] }[] = [];
  const surveys: (TextLogSurvey & { readonly file: string })[] = [];
  for (const file of files) {
    const { application, run, job } = parseLogName(file);
    const collector = runCollector({ application });
    const parser = textLogParser({ run, job, onFact: collector.push, jobs: collector.jobs });
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }))
      parser.push(chunk as Buffer);
    const survey = parser.end();
    surveys.push({ ...survey, file });
    read.push({ rank: rankOf(survey), runs: collector.end() });
  }
  const runs = read.sort((a, b) => a.rank - b.rank).flatMap((each) => each.runs);
  return { runs: mergeRuns(runs), surveys };
}

/** Who is believed first: run logs, then application logs, then job logs. */
function rankOf({ linesByKind }: TextLogSurvey): number {
  if (linesByKind.run > 0) return 0;
  return linesByKind.application > 0 ? 1 : 2;
}
