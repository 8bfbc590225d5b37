import { closeSync, openSync, readSync } from 'node:fs';
import { headBytes, recognise } from '../input/index.ts';
import { growingJournal } from './growingJournal.ts';
import type { GrowingRun } from './growingRun.ts';
import { growingTextLog } from './growingTextLog.ts';

/** Opens what is followed: journals or a text log, told by the content, of an empty file by its name. */
export function openGrowing(paths: readonly string[]): GrowingRun {
  const [first = ''] = paths;
  const kind = recognise(headOf(first));
  const isJournal = kind === 'journal' || (kind === 'empty' && first.endsWith('.ndjson'));
  return isJournal ? growingJournal(paths) : growingTextLog(paths.at(-1)!);
}

/** The first bytes of a file. */
export function headOf(path: string): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const head = Buffer.alloc(headBytes);
    return head.subarray(0, readSync(descriptor, head, 0, headBytes, 0));
  } finally {
    closeSync(descriptor);
  }
}
