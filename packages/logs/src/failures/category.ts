import type { JobRecord } from '../runs/index.ts';

/** What kind of trouble a failure is, and what is usually done about it. */
export interface FailureCategory {
  /** Stable, for programs. */
  readonly key: string;
  readonly title: string;
  /** What to look at next. */
  readonly advice: string;
}

interface Rule extends FailureCategory {
  readonly matches: (job: JobRecord, output: string) => boolean;
}

/**
 * The category of a failure, by how it ended, and where that says little (an exit code of the program's own) by what the
 * job printed last.
 */
export function failureCategory(job: JobRecord, output: readonly string[] = []): FailureCategory {
  const text = output.join('\n');
  const { key, title, advice } = rules.find(({ matches }) => matches(job, text)) ?? other;
  return { key, title, advice };
}

const lastTry = (job: JobRecord) => job.tries.at(-1);

const printed = (pattern: RegExp) => (_: JobRecord, output: string) => pattern.test(output);

/** The first that matches counts. */
const rules: readonly Rule[] = [
  {
    key: 'pre-check',
    title: 'pre-check failed',
    advice: 'what the job needs was not there: look at what should have made it, and when',
    matches: ({ status }) => status === 'precheck_failed',
  },
  {
    key: 'post-check',
    title: 'post-check failed',
    advice: 'the command ended well, and its result is not as it should be: look at what the check looks at',
    matches: ({ status }) => status === 'postcheck_failed',
  },
  {
    key: 'time-limit',
    title: 'timed out',
    advice:
      'compare with how long it took before (--trends); then find what it waited for, or raise "timeout"',
    matches: ({ status }) => status === 'timed_out',
  },
  {
    key: 'lost',
    title: 'end unknown',
    advice: 'the machine or the launcher went away: look at the system log of that time',
    matches: ({ status }) => status === 'unknown',
  },
  {
    key: 'start',
    title: 'could not be started',
    advice: 'look at its working folder, its shell and the limits of the system',
    matches: ({ status }) => status === 'errored',
  },
  {
    key: 'not-found',
    title: 'command not found',
    advice: 'the shell did not find a program: check the spelling, and the PATH that the job has',
    matches: (job) => lastTry(job)?.exitCode === 127,
  },
  {
    key: 'not-executable',
    title: 'command not executable',
    advice: 'make the file executable (chmod +x), or check its first line',
    matches: (job) => lastTry(job)?.exitCode === 126,
  },
  {
    key: 'memory',
    title: 'out of memory',
    advice: 'the job, or what ran beside it, took more memory than there is',
    matches: printed(/out of memory|cannot allocate memory|MemoryError|OutOfMemoryError|heap out of memory/i),
  },
  {
    key: 'killed',
    title: 'killed, perhaps for want of memory',
    advice:
      'nothing of ours sent SIGKILL; mostly it is the kernel, when memory runs out: look at the system log of that time (dmesg)',
    matches: (job) => lastTry(job)?.signal === 'SIGKILL' && job.status === 'failed',
  },
  {
    key: 'crash',
    title: 'crashed',
    advice: 'a program ended by a signal of its own making: look for a core file and its log',
    matches: (job) => /^SIG(SEGV|BUS|ABRT|ILL|FPE|SYS|TRAP)$/.test(lastTry(job)?.signal ?? ''),
  },
  {
    key: 'killed',
    title: 'killed by a signal',
    advice: 'somebody or something ended the process: look at the system log of that time',
    matches: (job) => lastTry(job)?.signal !== undefined,
  },
  {
    key: 'disk',
    title: 'disk full',
    advice: 'free some space (df -h), or check quotas',
    matches: printed(/no space left on device|disk quota exceeded|ENOSPC/i),
  },
  {
    key: 'permission',
    title: 'permission denied',
    advice: 'look at the owner and mode of what it names, and at the user that the run belongs to',
    matches: printed(/permission denied|EACCES|access denied|not permitted/i),
  },
  {
    key: 'network',
    title: 'network',
    advice: 'a server could not be reached or did not answer: retries with a growing delay often help',
    matches: printed(
      /connection (refused|reset|timed out)|could not resolve host|name or service not known|network is unreachable|ECONNREFUSED|ECONNRESET|ETIMEDOUT|no route to host/i,
    ),
  },
  {
    key: 'database',
    title: 'database error',
    advice: 'look the code up in the manual of the database',
    matches: printed(/\b(ORA|SP2|PLS)-\d{4,5}\b|SQLSTATE|deadlock|OperationalError/i),
  },
  {
    key: 'missing-file',
    title: 'file missing',
    advice: 'look at what should have made the file, and at the working folder of the job',
    matches: printed(/no such file or directory|FileNotFoundError|ENOENT|file not found/i),
  },
];

const other: FailureCategory = {
  key: 'exit-code',
  title: 'exit code',
  advice: 'the program says what is wrong in its output, or in a log of its own',
};
