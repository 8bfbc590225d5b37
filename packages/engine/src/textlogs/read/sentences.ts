import { parseStatus } from '../../history/statusNames.ts';
import type { Outcome, OutcomeReason } from '../../journal/index.ts';
import type { JobFact, LoggedLevel, ProblemFact, RunFact } from './fact.ts';

/** What a message says, and the number of the run where it names one. */
export type Recognised = (RunFact | JobFact) & { readonly ofRun?: number };

interface Pattern {
  readonly pattern: RegExp;
  /** Undefined for a sentence that adds nothing to what other lines say. */
  readonly read: (match: RegExpExecArray) => Recognised | undefined;
}

/**
 * What a message of a run or application log says; undefined when it is no sentence that tells of a run. The sentences of
 * version 1 and ours; see `runSentences` and `jobSentences` for the writing side.
 */
export function readRunSentence(message: string): Recognised | 'known' | undefined {
  return readWith(runPatterns, message);
}

/** What a message of a job's own log says. Lines at INFO may be output of the job, and few are believed. */
export function readJobSentence(
  message: string,
  level: LoggedLevel,
  job: string,
): Recognised | 'known' | undefined {
  return readWith(level === 'INFO' ? jobInfoPatterns(job) : jobPatterns(job), message);
}

/** A warning or an error that is no sentence about a run. */
export function problemOf(level: LoggedLevel, message: string, job?: string): ProblemFact | undefined {
  if (level === 'INFO' || level === 'DEBUG') return undefined;
  return { type: 'problem', level, message, ...(job === undefined ? {} : { job }) };
}

function readWith(patterns: ReadonlyMap<string, readonly Pattern[]>, message: string) {
  for (const { pattern, read } of patterns.get(message.charAt(0)) ?? []) {
    const match = pattern.exec(message);
    if (match !== null) return read(match) ?? 'known';
  }
  return undefined;
}

/** By first letter, so that few are tried. */
function byFirstLetter(patterns: readonly Pattern[]): ReadonlyMap<string, readonly Pattern[]> {
  const map = new Map<string, Pattern[]>();
  for (const each of patterns) {
    const letter = each.pattern.source.charAt(1);
    map.set(letter, [...(map.get(letter) ?? []), each]);
  }
  return map;
}

const milliseconds = (seconds: string | undefined): number => Math.round(Number(seconds) * 1000);

const runPatterns = byFirstLetter([
  {
    pattern: /^Initialized run ID: (\d+), attempt: (\d+)/,
    read: ([, run, attempt]) => ({ type: 'run.initialized', attempt: Number(attempt), ofRun: Number(run) }),
  },
  {
    pattern: /^Created run summary for run ID: (\d+)$/,
    read: ([, run]) => ({ type: 'run.started', ofRun: Number(run) }),
  },
  {
    pattern: /^Parallel execution with (\d+) workers$/,
    read: ([, workers]) => ({ type: 'run.workers', workers: Number(workers) }),
  },
  {
    pattern: /^Set workers to (\d+)$/,
    read: ([, workers]) => ({ type: 'run.workers', workers: Number(workers) }),
  },
  {
    pattern: /^Resuming run (\d+) \(attempt (\d+)/,
    read: ([, run, attempt]) => ({ type: 'run.resumed', attempt: Number(attempt), ofRun: Number(run) }),
  },
  { pattern: /^Stopping execution\.$/, read: () => ({ type: 'run.stopping', why: 'failure' }) },
  {
    pattern: /^Received (\S+)\. (Killing|Stopping) /,
    read: ([, by = '', how]) => ({ type: 'run.stopping', why: how === 'Killing' ? 'kill' : 'cancel', by }),
  },
  {
    pattern: /^Received interrupt signal\. /,
    read: () => ({ type: 'run.stopping', why: 'cancel', by: 'SIGINT' }),
  },
  {
    pattern: /^The following jobs were not completed: (.*)$/,
    read: ([, jobs = '']) => ({ type: 'run.incomplete', jobs: jobs.split(', ') }),
  },
  {
    pattern: /^Updated run summary for run ID: (\d+) with status: (\S+)$/,
    read: ([, run, status = '']) => ({ type: 'run.finished', status, ofRun: Number(run) }),
  },
  { pattern: /^Exit code set to: /, read: () => undefined },
  { pattern: /^Execution marked as interrupted$/, read: () => undefined },
  { pattern: /^Starting job '(.+)'$/, read: ([, job = '']) => ({ type: 'job.started', job }) },
  {
    pattern: /^Running job: (.+?) Command: ([\s\S]*)$/,
    read: ([, job = '', command = '']) => ({ type: 'job.command', job, command }),
  },
  {
    pattern: /^Job '(.+)' completed successfully in ([\d.]+) seconds$/,
    read: ([, job = '', seconds]) => ({ type: 'job.succeeded', job, durationMs: milliseconds(seconds) }),
  },
  {
    pattern: /^Job (.+): SUCCESS \(empty command\)$/,
    read: ([, job = '']) => ({ type: 'job.succeeded', job, durationMs: 0 }),
  },
  {
    pattern: /^Will retry job (.+) in ([\d.]+) seconds \(attempt (\d+)\/(\d+)\)$/,
    read: ([, job = '', seconds, retry, maxRetries]) => ({
      type: 'job.retrying',
      job,
      delayMs: milliseconds(seconds),
      retry: Number(retry),
      maxRetries: Number(maxRetries),
    }),
  },
  {
    pattern: /^Retry attempt (\d+)\/(\d+) for job (.+)$/,
    read: ([, retry, maxRetries, job = '']) => ({
      type: 'job.retried',
      job,
      retry: Number(retry),
      maxRetries: Number(maxRetries),
    }),
  },
  {
    pattern: /^Job (.+) timed out after ([\d.]+) seconds/,
    read: ([, job = '', seconds]) => ({ type: 'job.timed_out', job, limitMs: milliseconds(seconds) }),
  },
  {
    pattern: /^Job (.+) timed out: it has been silent for too long/,
    read: ([, job = '']) => ({ type: 'job.timed_out', job }),
  },
  {
    pattern: /^Pre-checks failed for job (.+)\. Skipping job execution\.$/,
    read: ([, job = '']) => ({ type: 'job.precheck_failed', job }),
  },
  {
    pattern: /^Job (.+) failed post-checks after ([\d.]+) seconds\.$/,
    read: ([, job = '', seconds]) => ({
      type: 'job.postcheck_failed',
      job,
      durationMs: milliseconds(seconds),
    }),
  },
  {
    pattern: /^Job (.+) failed after (\d+) attempts\.$/,
    read: ([, job = '', tries]) => ({ type: 'job.failed', job, tries: Number(tries) }),
  },
  {
    pattern: /^Job (.+) failed with status '(\w+)' and exit code (-?\d+)\. No retry conditions met\.$/,
    read: ([, job = '', status = '', code]) => ({ type: 'job.failed', job, status, exitCode: Number(code) }),
  },
  {
    pattern: /^Job (.+) exceeded maximum retry time of [\d.]+s after (\d+) attempts\.$/,
    read: ([, job = '', tries]) => ({ type: 'job.failed', job, tries: Number(tries) }),
  },
  { pattern: /^Job (.+) failed but continuing\.$/, read: () => undefined },
  { pattern: /^Job (.+) was cancelled\.$/, read: ([, job = '']) => ({ type: 'job.cancelled', job }) },
  {
    pattern: /^Marked job (.+) as SUCCESS for run (\d+)$/,
    read: ([, job = '', run]) => ({ type: 'job.marked', job, ofRun: Number(run) }),
  },
  {
    pattern: /^Skipping previously successful job: (.+)$/,
    read: ([, job = '']) => ({ type: 'job.kept', job, status: 'succeeded' }),
  },
  {
    pattern: /^Skipping job (.+), which ended (\w+) before$/,
    read: ([, job = '', status = '']) => ({ type: 'job.kept', job, status: outcomeOf(status) }),
  },
  {
    pattern: /^Skipping job with status (\S+): (.+)$/,
    read: ([, status = '', job = '']) => ({ type: 'job.kept', job, status: outcomeOf(status) }),
  },
  {
    pattern: /^Skipping job (.+) due to missing dependencies$/,
    read: ([, job = '']) => ({ type: 'job.skipped', job, reason: 'dependency' }),
  },
  {
    pattern: /^Skipping job (.+) \((requested|disabled|unchanged|stopped|dependency)\)$/,
    read: ([, job = '', reason]) => ({ type: 'job.skipped', job, reason: reason as OutcomeReason }),
  },
]);

/** The patterns of one job's log, made when the job is first seen; the newest few are kept. */
function forJob(
  make: (job: string) => readonly Pattern[],
): (job: string) => ReadonlyMap<string, readonly Pattern[]> {
  const known = new Map<string, ReadonlyMap<string, readonly Pattern[]>>();
  return (job) => {
    let patterns = known.get(job);
    if (patterns === undefined) {
      patterns = byFirstLetter(make(job));
      if (known.size > 64) known.clear();
      known.set(job, patterns);
    }
    return patterns;
  };
}

const jobInfoPatterns = forJob((job) => [
  { pattern: new RegExp(`^Job ${escaped(job)}: SUCCESS$`), read: () => ({ type: 'job.succeeded', job }) },
  {
    pattern: new RegExp(`^Executing job - ${escaped(job)}: ([\\s\\S]*)$`),
    read: ([, command = '']) => ({ type: 'job.command', job, command }),
  },
  {
    pattern: /^Pre-check passed: (.+)$/,
    read: ([, name = '']) => ({ type: 'job.check', job, phase: 'pre', name, ok: true }),
  },
  {
    pattern: /^Post-check passed: (.+)$/,
    read: ([, name = '']) => ({ type: 'job.check', job, phase: 'post', name, ok: true }),
  },
]);

const jobPatterns = forJob((job) => [
  {
    pattern: new RegExp(`^Job ${escaped(job)}: FAILED with exit code (-?\\d+)(?: \\((\\w+)\\))?$`),
    read: ([, code, signal]) => ({
      type: 'job.exited',
      job,
      exitCode: Number(code),
      ...(signal === undefined ? {} : { signal }),
    }),
  },
  {
    pattern: new RegExp(`^Job ${escaped(job)} timed out after ([\\d.]+) seconds`),
    read: ([, seconds]) => ({ type: 'job.timed_out', job, limitMs: milliseconds(seconds) }),
  },
  {
    pattern: new RegExp(`^Job ${escaped(job)} timed out: it has been silent`),
    read: () => ({ type: 'job.timed_out', job }),
  },
  {
    pattern: new RegExp(`^Job ${escaped(job)}: nobody can say how it ended$`),
    read: () => ({ type: 'job.lost', job }),
  },
  {
    pattern: /^Pre-check failed: (.+)$/,
    read: ([, name = '']) => ({ type: 'job.check', job, phase: 'pre', name, ok: false }),
  },
  {
    pattern: /^Post-check failed: (.+)$/,
    read: ([, name = '']) => ({ type: 'job.check', job, phase: 'post', name, ok: false }),
  },
  {
    pattern: /^Unknown (pre|post)-check: (.+)$/,
    read: ([, phase, name = '']) => ({
      type: 'job.check',
      job,
      phase: phase as 'pre' | 'post',
      name,
      ok: false,
    }),
  },
  {
    pattern: /^Exception during (?:command|job) execution: ([\s\S]*)$/,
    read: ([, message = '']) => ({ type: 'job.start_failed', job, message }),
  },
]);

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** By our names or version 1's; `unknown` for any other. */
export function outcomeOf(status: string): Outcome {
  const outcome = parseStatus(status);
  return outcome === undefined || outcome === 'running' || outcome === 'interrupted' ? 'unknown' : outcome;
}
