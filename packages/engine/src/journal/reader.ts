import { createReadStream, readFileSync } from 'node:fs';
import type { JournalEvent } from './event.ts';
import { type JournalFinding, type JournalReading, journalParser, parseJournal } from './parse.ts';

/**
 * Reads a journal whole.
 *
 * @throws the system call's error when the file cannot be read.
 */
export function readJournal(path: string): JournalReading {
  return parseJournal(readFileSync(path), path);
}

/**
 * Reads a journal of any size in constant memory; `onEvent` gets each event and the byte offset of its line.
 * Resolves to what was found wrong, which is at most one thing; rejects when the file cannot be read.
 */
export async function streamJournal(
  path: string,
  onEvent: (event: JournalEvent, byteOffset: number) => void,
): Promise<JournalFinding[]> {
  const parser = journalParser({ file: path, onEvent });
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }))
    parser.push(chunk as Buffer);
  return parser.end();
}
