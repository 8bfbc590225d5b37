import { Worker } from 'node:worker_threads';
import { lineSplitter } from '../output/index.ts';
import type { CheckParams } from './check.ts';

/** A place in a text. */
export interface Hit {
  /** From 1. */
  readonly line: number;
  /** The line, or of a very long one the neighbourhood of what was found. */
  readonly text: string;
}

/** What is looked for: a text, taken literally, or a pattern that some line matches. */
export type Wanted = { readonly text: string } | { readonly pattern: string; readonly ignoreCase: boolean };

/** What the parameters `text`, `pattern` and `ignore_case` ask for. */
export function wantedBy({ text, pattern, ignore_case }: CheckParams): Wanted {
  const ignoreCase = ignore_case === true || ignore_case === 'true';
  if (pattern !== undefined) return { pattern: pattern as string, ignoreCase };
  if (!ignoreCase) return { text: text as string };
  return { pattern: (text as string).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), ignoreCase };
}

/** `"text"` or `/pattern/`, for messages. */
export function describeWanted({ text, pattern }: CheckParams): string {
  return pattern === undefined ? `"${text}"` : `/${pattern}/`;
}

/** The first place of what is wanted, in memory that does not grow with the bytes or their lines. */
export function findFirst(
  bytes: AsyncIterable<Buffer>,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Hit | undefined> {
  return 'text' in wanted ? findTexts(bytes, [wanted.text]) : findPattern(bytes, wanted, signal);
}

/** The first place of one of `texts`, compared byte by byte in UTF-8. */
export async function findTexts(
  bytes: AsyncIterable<Buffer>,
  texts: readonly string[],
): Promise<Hit | undefined> {
  const needles = texts.map((text) => Buffer.from(text).toString('latin1'));
  const overlap = Math.max(...needles.map((needle) => needle.length)) - 1;
  let line = 1;
  let rest = '';
  for await (const chunk of bytes) {
    const text = rest + chunk.toString('latin1');
    const at = Math.min(...needles.map((needle) => indexOrEnd(text, needle)));
    const seen = at < text.length ? at : text.length - Math.min(Math.max(overlap, 0), text.length);
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

const shownBefore = 200;
const shownLength = 500;

function excerpt(latin1: string, at: number): string {
  const begin = Math.max(latin1.lastIndexOf('\n', at) + 1, at - shownBefore);
  const line = latin1.slice(begin, at + shownLength - shownBefore).split(/\r?\n/, 1)[0] ?? '';
  return Buffer.from(line, 'latin1').toString('utf8').trim();
}

/**
 * Runs in a thread of its own: a pattern may take for ever on an unlucky line, and only a thread can be stopped then,
 * while the run goes on beside it.
 */
const matcher = `
  const { parentPort, workerData } = require('node:worker_threads');
  const pattern = new RegExp(workerData.pattern, workerData.ignoreCase ? 'iu' : 'u');
  parentPort.on('message', (lines) => parentPort.postMessage(lines.findIndex((line) => pattern.test(line))));
`;

async function findPattern(
  bytes: AsyncIterable<Buffer>,
  workerData: { readonly pattern: string; readonly ignoreCase: boolean },
  signal: AbortSignal,
): Promise<Hit | undefined> {
  const worker = new Worker(matcher, { eval: true, workerData });
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const splitter = lineSplitter();
    let line = 1;
    const search = async (lines: readonly string[]): Promise<Hit | undefined> => {
      const index = await indexOfMatch(worker, lines);
      if (index >= 0) return { line: line + index, text: lines[index]!.trim().slice(0, shownLength) };
      line += lines.length;
      return undefined;
    };
    for await (const chunk of bytes) {
      signal.throwIfAborted();
      const lines = splitter.push(chunk);
      const hit = lines.length === 0 ? undefined : await search(lines);
      if (hit !== undefined) return hit;
    }
    const last = splitter.end();
    return last.length === 0 ? undefined : await search(last);
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

function indexOfMatch(worker: Worker, lines: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const settled = (settle: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      settle();
    };
    const onMessage = (index: number) => settled(() => resolve(index));
    const onError = (error: unknown) => settled(() => reject(error));
    const onExit = () => settled(() => reject(new Error('the search was stopped')));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(lines);
  });
}
