import type { Job } from '@executioner/core';
import type { JournalEvent } from '../journal/index.ts';
import { jobSentences } from './jobSentences.ts';
import type { LogLine, Sentence } from './logLine.ts';
import { logMemory } from './memory.ts';
import { runSentences } from './runSentences.ts';

/** The fold from events to lines; it must see every event of an attempt, in order. */
export interface TextLog {
  lines(event: JournalEvent): LogLine[];
}

/**
 * The text log of a run: for each event the lines its readers know. `jobs` are those that take part, in file order, for
 * their commands, retry policies and check parameters. The sentences are those that log readers and `grep` habits were
 * made for; what v1 had no sentence for has one of ours.
 */
export function textLog(jobs: readonly Job[]): TextLog {
  const memory = logMemory(jobs);
  return {
    lines(event) {
      const atMs = Date.parse(event.t);
      if ('round' in event) {
        const { job } = event;
        return jobSentences(event, memory).map((sentence) => ({ ...sentence, atMs, job }));
      }
      return runSentences(event, memory).map((sentence: Sentence) => ({ ...sentence, atMs }));
    },
  };
}
