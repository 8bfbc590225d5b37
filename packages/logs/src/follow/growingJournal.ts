import { existsSync } from 'node:fs';
import { engineLiveness, type JournalEvent, journalParser } from '@executioner/engine';
import { runConfiguration } from '../input/index.ts';
import { journalFold, skippedEventTypes } from '../runs/index.ts';
import { endChange, jobChange, standOf } from './changes.ts';
import { growingFile } from './growingFile.ts';
import type { FollowedNews, GrowingRun } from './growingRun.ts';

/** Follows the journals of a run, attempt after attempt, also those that are not there yet. */
export function growingJournal(paths: readonly string[]): GrowingRun {
  const known = runConfiguration(paths[0]!);
  const fold = journalFold({
    files: paths,
    folder: known?.folder,
    dependenciesOf: known?.dependenciesOf,
    commandOf: known?.commandOf,
  });
  const stands = new Map<string, string>();
  const rest = [...paths];
  let engine: Extract<JournalEvent, { type: 'run.started' }>['engine'] | undefined;
  let application = '';
  let news: FollowedNews[] = [];
  let path = rest.shift()!;
  let file = growingFile(path);
  let parser = newParser();

  function newParser() {
    return journalParser({ file: path, skip: skippedEventTypes, onEvent: take });
  }

  function take(event: JournalEvent): void {
    fold.push(event);
    if (event.type === 'run.started') application = event.application;
    if (event.type === 'run.started' || event.type === 'run.adopted') engine = event.engine;
    // What happens in another attempt is news, also where it ends as in the one before.
    if (event.type === 'run.started') stands.clear();
    const told = newsOf(event);
    if (told !== undefined) news.push(told);
  }

  function newsOf(event: JournalEvent): FollowedNews | undefined {
    const place = { atMs: Date.parse(event.t), application, run: event.run };
    if ('job' in event && event.type.startsWith('job.')) {
      const job = fold.job(event.job!);
      if (job === undefined || standOf(job) === stands.get(job.id)) return undefined;
      stands.set(job.id, standOf(job));
      // What an earlier attempt has left is no news.
      const change = event.type === 'job.kept' ? undefined : jobChange(job, place);
      return change && { change, job };
    }
    switch (event.type) {
      case 'run.started':
        return {
          change: { ...place, status: 'started', ...(event.attempt > 1 && { attempt: event.attempt }) },
        };
      case 'run.finished':
        return { change: endChange(fold.record()!, event.outcome, place.atMs) };
      case 'run.stopping':
        return { change: { ...place, status: 'stopping', because: event.job ?? event.by } };
      case 'run.paused':
        return { change: { ...place, status: 'paused', because: event.by } };
      case 'run.resumed':
        return { change: { ...place, status: 'resumed', because: event.by } };
      default:
        return undefined;
    }
  }

  /** The journal of the next attempt, if there is one. */
  function next(): string | undefined {
    const following = rest[0] ?? nextAttempt(path);
    return following !== undefined && existsSync(following) ? following : undefined;
  }

  function goOn(following: string): void {
    rest.shift();
    file.close();
    path = following;
    file = growingFile(path);
    parser = newParser();
  }

  const read = () => file.look((piece) => parser.push(new Uint8Array(piece)));
  return {
    look() {
      news = [];
      read();
      for (let following = next(); following !== undefined; following = next()) {
        // What was written to the former one before the next was begun.
        read();
        goOn(following);
        read();
      }
      return news;
    },
    run: () => fold.record(),
    hasEnded: () => fold.record()?.outcome !== undefined && next() === undefined,
    isAbandoned() {
      if (engine === undefined) return false;
      return engineLiveness(engine) === 'gone' && next() === undefined;
    },
    lacks: () => (fold.record() === undefined ? 'holds no event so far' : undefined),
    close: () => file.close(),
  };
}

/** `journal.1.ndjson` → `journal.2.ndjson`; undefined for other names. */
function nextAttempt(path: string): string | undefined {
  const [, head, attempt, end] = /^(.*journal\.)(\d+)(\.ndjson)$/.exec(path) ?? [];
  return attempt === undefined ? undefined : `${head}${Number(attempt) + 1}${end}`;
}
