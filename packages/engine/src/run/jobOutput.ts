import { statSync } from 'node:fs';
import type { ExitedReport, Spool } from '../launcher/index.ts';
import { type KeptOutput, keepOutput, type OutputReader, type SpoolFollower } from '../output/index.ts';
import type { LogLine, TextLogWriter } from '../textlogs/index.ts';

/** Brings a job's output and what the engine says about the job into the job's log, in the right order. */
export interface JobOutput {
  /** Nothing comes into the job's log before `work` is done. */
  precede(job: string, work: Promise<void>): void;
  /** A try has started, or is taken over: its output is followed from here. */
  started(job: string, token: string, spool: Spool, logged?: LoggedLines): void;
  /** The try is over: what it has written is read to its end. */
  exited(job: string, report: ExitedReport, logged?: LoggedLines): void;
  /** Nobody knows how the try ended: what it has written so far is read. */
  lost(job: string, token: string, spool: Spool): void;
  /** Lines of the engine for job logs: they stand behind the output that came before them. */
  write(lines: readonly LogLine[]): void;
  /** No more lines for this job, unless it is opened again. */
  finished(job: string, keepLastLines: boolean): void;
  /** The last lines a failed job has printed, masked. */
  lastLines(job: string): readonly string[];
  /** What the last try that ended has printed, for jobs of `isKept`. */
  ofLastTry(job: string): KeptOutput | undefined;
  /** Resolves when all that has come for the job so far is in its log. */
  logged(job: string): Promise<void>;
  /** Resolves when everything is in the logs. */
  settled(): Promise<void>;
}

export interface JobOutputOptions {
  /** Its lines are masked already. */
  readonly reader: OutputReader;
  readonly writer: TextLogWriter;
  /** Wall clock, milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Told that a job has written something. */
  readonly onOutput: (job: string) => void;
  /** Whether the job's output will be asked for, until the job is finished or tried again. */
  readonly isKept: (job: string) => boolean;
}

/** How many lines of a try's output its log has already; known at the latest when what precedes is done. */
export interface LoggedLines {
  count: number;
}

interface Following {
  readonly spool: SpoolFollower;
  /** Output that is read after the end was written before it. */
  endedAtMs: number | undefined;
}

const lastLineCount = 10;
const lastLineLength = 500;

export function jobOutput(options: JobOutputOptions): JobOutput {
  const { reader, writer, nowMs, onOutput, isKept } = options;
  const followers = new Map<string, Following>();
  const tails = new Map<string, string[]>();
  const kept = new Map<string, KeptOutput>();
  /** By job: what has to be in its log before anything else may follow. */
  const before = new Map<string, Promise<void>>();

  const then = (job: string, next: () => Promise<void> | void) => {
    const done: Promise<void> = (before.get(job) ?? Promise.resolve()).then(next).then(() => {
      if (before.get(job) === done) before.delete(job);
    });
    before.set(job, done);
  };

  const inOrder = (job: string, next: () => void) => {
    if (before.has(job)) then(job, next);
    else next();
  };

  const follow = (job: string, spool: Spool, logged: LoggedLines = { count: 0 }): Following => {
    const precedence = before.get(job);
    const following: Following = {
      endedAtMs: undefined,
      spool: reader.follow(spool, {
        seen: () => onOutput(job),
        flush: () => writer.closeJob(job),
        async lines(lines) {
          await precedence;
          remember(job, lines);
          const fresh = logged.count === 0 ? lines : lines.slice(logged.count);
          logged.count = Math.max(0, logged.count - lines.length);
          writer.output(job, fresh, following.endedAtMs ?? nowMs());
          if (following.endedAtMs === undefined) await writer.room(job);
          else writer.settle(job);
        },
      }),
    };
    return following;
  };

  const remember = (job: string, lines: readonly string[]) => {
    const cut = lines.slice(-lastLineCount).map((line) => line.slice(0, lastLineLength));
    tails.set(job, [...(tails.get(job) ?? []), ...cut].slice(-lastLineCount));
  };

  const letGo = (job: string) => {
    kept.get(job)?.close();
    kept.delete(job);
  };

  return {
    precede: (job, work) => then(job, () => work),
    started(job, token, spool, logged) {
      letGo(job);
      tails.delete(job);
      followers.set(token, follow(job, spool, logged));
    },
    exited(job, { token, spool, spoolEnd, spoolRetired }, logged) {
      if (isKept(job)) {
        letGo(job);
        // Before the reader may remove it.
        kept.set(job, keepOutput(spool, spoolEnd));
      }
      const following = followers.get(token) ?? follow(job, spool, logged);
      followers.delete(token);
      following.endedAtMs = nowMs();
      writer.settle(job);
      const read = following.spool.finish(spoolEnd, spoolRetired);
      if (read !== undefined) then(job, () => read);
    },
    lost(job, token, spool) {
      const following = followers.get(token) ?? follow(job, spool);
      followers.delete(token);
      following.endedAtMs = nowMs();
      writer.settle(job);
      const end = statSync(spool.path, { throwIfNoEntry: false })?.size ?? spool.offset;
      const read = following.spool.finish(end, false);
      if (read !== undefined) then(job, () => read);
    },
    write(lines) {
      for (const line of lines) inOrder(line.job!, () => writer.write([line]));
    },
    finished(job, keepLastLines) {
      letGo(job);
      inOrder(job, () => {
        writer.closeJob(job);
        if (!keepLastLines) tails.delete(job);
      });
    },
    lastLines: (job) => tails.get(job) ?? [],
    ofLastTry: (job) => kept.get(job),
    logged: (job) => before.get(job) ?? Promise.resolve(),
    async settled() {
      while (before.size > 0) await Promise.all(before.values());
    },
  };
}
