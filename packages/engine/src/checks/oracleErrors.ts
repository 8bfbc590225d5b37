import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { CheckContext, CheckDefinition, CheckResult } from './check.ts';
import { glob } from './glob.ts';

const logFile = (description: string) => [{ name: 'log_file', type: 'string', description }] as const;

/**
 * Passes when no line of the matching files holds `ORA-`. A pattern without a matching file fails the check: the log
 * that should prove success is missing.
 */
export const checkNoOraErrors: CheckDefinition = {
  name: 'check_no_ora_errors',
  description: 'No Oracle error (ORA-) stands in the log files.',
  parameters: logFile('The log, relative to the working folder; wildcards * ? [a-z] may name several.'),
  async run({ log_file }, context) {
    const pattern = log_file as string;
    const files = await glob(pattern, context.workingDir);
    if (files.length === 0) {
      return { ok: false, values: { log_file: pattern, files: 0 }, message: `no file matches "${pattern}"` };
    }
    return searchAll(pattern, files, ['ORA-'], context);
  },
};

/** Passes when no line of the file holds `ORA-` or `SP2-`. The name is taken literally; a missing file fails the check. */
export const checkNoOraOrSp2Errors: CheckDefinition = {
  name: 'check_no_ora_or_sp2_errors',
  description: 'No Oracle or SQL*Plus error (ORA-, SP2-) stands in the log file.',
  parameters: logFile('The log, relative to the working folder.'),
  run({ log_file }, context) {
    const path = log_file as string;
    return searchAll(path, [resolve(context.workingDir, path)], ['ORA-', 'SP2-'], context);
  },
};

async function searchAll(
  pattern: string,
  files: readonly string[],
  needles: readonly string[],
  { signal }: CheckContext,
): Promise<CheckResult> {
  for (const file of files) {
    try {
      const hit = await firstLineWith(file, needles, signal);
      if (hit === undefined) continue;
      const message = `${file}:${hit.line}: ${hit.text}`;
      return { ok: false, values: { log_file: pattern, files: files.length, file, ...hit }, message };
    } catch (error) {
      signal.throwIfAborted();
      const { code, message } = error as NodeJS.ErrnoException;
      const values = { log_file: pattern, files: files.length, file, errno: code };
      return { ok: false, values, message: `"${file}" cannot be read: ${message}` };
    }
  }
  const what = files.length === 1 ? `"${files[0]}"` : `${files.length} files`;
  return {
    ok: true,
    values: { log_file: pattern, files: files.length },
    message: `no ${needles.join(' or ')} in ${what}`,
  };
}

interface Hit {
  readonly line: number;
  readonly text: string;
}

/**
 * The first line with one of `needles` in it. Reads in chunks, in memory that does not grow with the file or its lines;
 * of a very long line only the neighbourhood of the hit is returned.
 */
async function firstLineWith(
  file: string,
  needles: readonly string[],
  signal: AbortSignal,
): Promise<Hit | undefined> {
  const overlap = Math.max(...needles.map((needle) => needle.length)) - 1;
  let line = 1;
  let rest = '';
  for await (const chunk of createReadStream(file, { signal, encoding: 'latin1', highWaterMark: 1 << 18 })) {
    const text = rest + chunk;
    const at = Math.min(...needles.map((needle) => indexOrEnd(text, needle)));
    const seen = at < text.length ? at : text.length - Math.min(overlap, text.length);
    line += countNewlines(text, seen);
    if (at < text.length) return { line, text: excerpt(text, at) };
    rest = text.slice(seen);
  }
  return undefined;
}

function indexOrEnd(text: string, needle: string): number {
  const at = text.indexOf(needle);
  return at < 0 ? text.length : at;
}

function countNewlines(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function excerpt(latin1: string, at: number): string {
  const begin = Math.max(latin1.lastIndexOf('\n', at) + 1, at - 200);
  const line = latin1.slice(begin, at + 300).split(/\r?\n/, 1)[0] ?? '';
  return Buffer.from(line, 'latin1').toString('utf8').trim();
}
