import { constants } from 'node:os';
import type { ImportedJob, ImportReading } from './importedRun.ts';
import { type ImportFinding, importFinding } from './importFinding.ts';

const heading = 'Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand';

/** Whether a text is what GNU parallel writes with `--joblog`. */
export function isJobLog(text: string): boolean {
  return text.startsWith(heading);
}

/**
 * Reads a job log of GNU parallel: one run in which each line is a job, named by its number (`seq-1`), with start, run
 * time, exit value, signal and command. A number that occurs again was tried again. Linear in the lines.
 */
export function readJobLog(text: string, file: string): ImportReading {
  const findings: ImportFinding[] = [];
  const linesBySeq = new Map<number, JobLine[]>();
  text.split('\n').forEach((line, index) => {
    if (line === '' || line.startsWith(heading)) return;
    const parsed = parseLine(line);
    if (parsed === undefined) {
      const message = 'this line does not have the nine columns of a job log, and was left out';
      findings.push(importFinding('W131', file, message, { line: index + 1 }));
      return;
    }
    const lines = linesBySeq.get(parsed.seq);
    if (lines === undefined) linesBySeq.set(parsed.seq, [parsed]);
    else lines.push(parsed);
  });
  if (linesBySeq.size === 0)
    return { runs: [], findings: [...findings, importFinding('W135', file, 'this job log holds no job')] };
  const jobs = [...linesBySeq.values()].map(jobOf);
  const startedAtMs = jobs.reduce((first, job) => Math.min(first, job.startedAtMs), Number.POSITIVE_INFINITY);
  const attempt = {
    attempt: 1,
    startedAtMs,
    endedAtMs: jobs.reduce((last, job) => Math.max(last, job.startedAtMs + job.durationMs), startedAtMs),
    jobCount: jobs.length,
    columns: {},
    jobs,
  };
  const key = `parallel:${file}:${startedAtMs}`;
  return { runs: [{ kind: 'parallel', key, application: 'parallel', attempts: [attempt] }], findings };
}

interface JobLine {
  readonly seq: number;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly exitCode: number;
  readonly signal: number;
  readonly command: string;
  readonly columns: Readonly<Record<string, unknown>>;
}

function parseLine(line: string): JobLine | undefined {
  const [seq, host, start, runtime, send, receive, exitval, signal, ...command] = line.split('\t');
  const numbers = [seq, start, runtime, exitval, signal].map((text) => Number(text?.trim() || Number.NaN));
  if (command.length === 0 || numbers.some((value) => !Number.isFinite(value))) return undefined;
  return {
    seq: numbers[0]!,
    startedAtMs: Math.round(numbers[1]! * 1000),
    durationMs: Math.round(Math.max(0, numbers[2]!) * 1000),
    exitCode: numbers[3]!,
    signal: numbers[4]!,
    command: command.join('\t').replace(/\r$/, ''),
    columns: { seq, host, start, runtime, send, receive, exitval, signal },
  };
}

function jobOf(lines: readonly JobLine[]): ImportedJob {
  const first = lines[0]!;
  const last = lines.at(-1)!;
  return {
    id: `seq-${last.seq}`,
    command: last.command,
    description: '',
    dependencies: [],
    status: last.exitCode === 0 && last.signal === 0 ? 'succeeded' : 'failed',
    startedAtMs: first.startedAtMs,
    durationMs: last.startedAtMs + last.durationMs - first.startedAtMs,
    tries: lines.map((line) => ({
      startedAtMs: line.startedAtMs,
      endedAtMs: line.startedAtMs + line.durationMs,
      ...(line.signal === 0 ? { exitCode: line.exitCode } : { signal: signalName(line.signal) }),
    })),
    columns: { lines: lines.map(({ columns }) => columns) },
  };
}

function signalName(number: number): string {
  const [name] = Object.entries(constants.signals).find(([, value]) => value === number) ?? [];
  return name ?? `signal ${number}`;
}
