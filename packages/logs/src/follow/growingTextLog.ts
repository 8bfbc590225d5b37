import {
  type CollectedRun,
  type FactPlace,
  type LogFact,
  type LoggedRun,
  parseLogName,
  runCollector,
  textLogParser,
} from '@executioner/engine';
import { jobOfLogged, recordOfLogged } from '../runs/index.ts';
import { endChange, type FollowedChange, jobChange, standOf } from './changes.ts';
import { growingFile } from './growingFile.ts';
import { growingLines } from './growingLines.ts';
import type { FollowedNews, GrowingRun } from './growingRun.ts';

const exampleLine = "2026-01-02 03:04:05 - INFO - Starting job 'load'";

/**
 * Follows a run by a text log that grows, is rotated away or emptied. The log of a run tells of that run from its beginning on;
 * the log of an application, of the run that is under way at the first look, else of the next.
 */
export function growingTextLog(path: string): GrowingRun {
  const { application = '', run: ownRun, job } = parseLogName(path);
  const collector = runCollector({
    application,
    ...(ownRun === undefined ? { onEnded: () => undefined, jobsKept: 0 } : {}),
  });
  const stands = new Map<number | undefined, Map<string, string>>();
  const begun = new Map<number | undefined, number>();
  let news: FollowedNews[] = [];
  /** Runs of an application's log that are over when it is first looked at. */
  let old = new Set<number | undefined>();
  let isFirstLook = true;
  let file = growingFile(path);
  let text = newText();

  function newText() {
    const parser = textLogParser({
      run: ownRun,
      job,
      jobs: collector.jobs,
      onFact(fact, place) {
        collector.push(fact, place);
        tell(fact, place);
      },
    });
    return growingLines(parser.push);
  }

  function tell(fact: LogFact, { run, atMs }: FactPlace): void {
    const found = collector.run(run);
    if (found === undefined) return;
    const place = { atMs, application: found.application ?? application, run };
    const attempts = Math.max(1, found.attempts.length);
    if (begun.get(run) !== attempts) {
      begun.set(run, attempts);
      stands.delete(run);
      news.push({ change: { ...place, status: 'started', ...(attempts > 1 && { attempt: attempts }) } });
    }
    if (fact.type === 'run.incomplete') for (const id of fact.jobs) tellJob(found, id, place);
    else if ('job' in fact && fact.job !== undefined && fact.type !== 'job.kept')
      tellJob(found, fact.job, place);
    if (fact.type === 'run.stopping')
      news.push({
        change: { ...place, status: 'stopping', ...(fact.by !== undefined && { because: fact.by }) },
      });
    if (fact.type === 'run.finished' && found.outcome !== undefined)
      news.push({ change: endChange(recordOfLogged(found, [path]), found.outcome, atMs) });
  }

  function tellJob(
    found: CollectedRun,
    number: number,
    place: Pick<FollowedChange, 'application' | 'run' | 'atMs'>,
  ): void {
    const ofRun = found.job(number);
    if (ofRun === undefined) return;
    const { id } = ofRun;
    const record = jobOfLogged(ofRun, found.endedAtMs !== undefined);
    const ofJobs = stands.get(found.run) ?? new Map<string, string>();
    stands.set(found.run, ofJobs);
    if (standOf(record) === ofJobs.get(id)) return;
    ofJobs.set(id, standOf(record));
    const change = jobChange(record, place);
    if (change !== undefined) news.push({ change, job: record });
  }

  function read(): void {
    file.look(text.push);
    if (!file.isReplaced()) return;
    let next: typeof file;
    try {
      next = growingFile(path);
    } catch (error) {
      // Renamed away, and the new one is not there yet.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    // What was written to the former one just before it was put away.
    file.look(text.push);
    file.close();
    file = next;
    text = newText();
    file.look(text.push);
  }

  const followed = () => collector.end().filter(({ run }) => !old.has(run));
  const isOver = ({ endedAtMs }: LoggedRun) => endedAtMs !== undefined;
  return {
    look() {
      news = [];
      read();
      if (isFirstLook && ownRun === undefined) {
        const all = collector.end();
        const last = all.at(-1);
        const current = last === undefined || isOver(last) ? undefined : last.run;
        old = new Set(all.map(({ run }) => run).filter((run) => run === undefined || run !== current));
        news = news.filter(({ change: { run } }) => run !== undefined && run === current);
      }
      isFirstLook = false;
      return ownRun === undefined ? news.filter(({ change: { run } }) => !old.has(run)) : news;
    },
    run() {
      const found = followed().at(-1);
      return found && recordOfLogged(found, [path]);
    },
    hasEnded: () => followed().some(isOver),
    isAbandoned: () => false,
    lacks() {
      if (text.bytes() === 0) return 'is empty';
      if (!text.isLog()) return `holds no line of a log so far, such as "${exampleLine}"`;
      const last = followed().at(-1);
      if (last === undefined) return ownRun === undefined ? 'has no run under way' : 'tells of no run so far';
      if (job === undefined || [...last.jobs.values()].some(({ status }) => status === undefined))
        return undefined;
      return 'is the log of a job, which does not tell when its run ends; follow the run, by its number or its log';
    },
    close: () => file.close(),
  };
}
