import type { ImportedJob, ImportReading } from './importedRun.ts';
import { type ImportFinding, importFinding } from './importFinding.ts';

/** Whether a text is the log of ninja: its first line names itself and the version. */
export function isNinjaLog(text: string): boolean {
  return text.startsWith('# ninja log v');
}

/**
 * Reads a `.ninja_log` of version 5, 6 or 7: per output the milliseconds from the start of its build to start and end of
 * its command, its modification time and the hash of its command. A later line about an output replaces an earlier one, so
 * it becomes one run in which each output is a job. Linear in the lines.
 *
 * @param fileTimeMs when the file was last written, as the log itself has no calendar.
 */
export function readNinjaLog(text: string, file: string, fileTimeMs: number): ImportReading {
  const [head = '', ...lines] = text.split('\n');
  const version = Number(/^# ninja log v(\d+)/.exec(head)?.[1]);
  if (!(version >= 5 && version <= 7)) {
    const message = `this is a ninja log of version ${version}; versions 5, 6 and 7 can be read`;
    return { runs: [], findings: [importFinding('E134', file, message, { line: 1 })] };
  }
  const findings: ImportFinding[] = [];
  const entries = new Map<string, Entry[]>();
  lines.forEach((line, index) => {
    if (line === '' || line.startsWith('#')) return;
    const entry = parseEntry(line);
    if (entry === undefined) {
      const message = 'this line is not "start end mtime output hash", and was left out';
      findings.push(importFinding('W131', file, message, { line: index + 2 }));
      return;
    }
    const known = entries.get(entry.output);
    if (known === undefined) entries.set(entry.output, [entry]);
    else known.push(entry);
  });
  if (entries.size === 0)
    return {
      runs: [],
      findings: [...findings, importFinding('W135', file, 'this ninja log holds no output')],
    };
  const lastEndMs = [...entries.values()].reduce((last, builds) => Math.max(last, builds.at(-1)!.endMs), 0);
  const startedAtMs = Math.round(fileTimeMs) - lastEndMs;
  const jobs = [...entries.values()].map((builds) => jobOf(builds, startedAtMs));
  const attempt = {
    attempt: 1,
    startedAtMs,
    endedAtMs: startedAtMs + lastEndMs,
    jobCount: jobs.length,
    columns: { version },
    jobs,
  };
  const run = { kind: 'ninja', key: `ninja:${file}`, application: 'ninja', attempts: [attempt] } as const;
  return { runs: [run], findings };
}

interface Entry {
  readonly startMs: number;
  readonly endMs: number;
  readonly mtime: string;
  readonly output: string;
  readonly hash: string;
}

function parseEntry(line: string): Entry | undefined {
  const [, start, end, mtime = '', output = '', hash = ''] =
    /^(\d+)\t(\d+)\t(-?\d+)\t(.+)\t([0-9a-f]+)\r?$/.exec(line) ?? [];
  const startMs = Number(start);
  const endMs = Number(end);
  if (start === undefined || !Number.isSafeInteger(startMs) || !(endMs >= startMs)) return undefined;
  return Number.isSafeInteger(endMs) ? { startMs, endMs, mtime, output, hash } : undefined;
}

/** Of an output that was built several times: the latest build, with the earlier ones in its columns. */
function jobOf(builds: readonly Entry[], originMs: number): ImportedJob {
  const { startMs, endMs, output } = builds.at(-1)!;
  const startedAtMs = originMs + startMs;
  const endedAtMs = originMs + endMs;
  return {
    id: output,
    command: '',
    description: '',
    dependencies: [],
    status: 'succeeded',
    startedAtMs,
    durationMs: endMs - startMs,
    tries: [{ startedAtMs, endedAtMs, exitCode: 0 }],
    columns: {
      ...columnsOf(builds.at(-1)!),
      ...(builds.length === 1 ? {} : { earlier: builds.slice(0, -1).map(columnsOf) }),
    },
  };
}

function columnsOf({ startMs, endMs, mtime, output, hash }: Entry): Readonly<Record<string, unknown>> {
  return { start: startMs, end: endMs, mtime, output, command_hash: hash };
}
