import { isSqlite, textLogParser } from '@executioner/engine';

/** What a file is, by its first bytes. */
export type ContentKind = 'gzip' | 'database' | 'journal' | 'text log' | 'empty' | 'unknown';

/** So many bytes tell what a file is. */
export const headBytes = 1 << 16;

/** Tells what begins with `head`, which should be `headBytes` long or the whole file. */
export function recognise(head: Buffer): ContentKind {
  if (head.length === 0) return 'empty';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (isSqlite(head)) return 'database';
  if (isJournal(head)) return 'journal';
  return isTextLog(head) ? 'text log' : 'unknown';
}

/** One of the first lines has what every event has: others may be damaged, and the last cut off. */
function isJournal(head: Buffer): boolean {
  if (head[0] !== openBrace) return false;
  const lines = head.toString('latin1', 0, 16_384).split('\n', 8);
  return lines.some((line) => eventFields.every((field) => field.test(line)));
}

const openBrace = 123;
const eventFields = [/^\{/, /"v":\s*\d+/, /"seq":\s*\d+/, /"type":\s*"/];

function isTextLog(head: Buffer): boolean {
  const parser = textLogParser({ onFact: () => undefined });
  parser.push(Buffer.from(head));
  const { linesByKind } = parser.end();
  return linesByKind.run + linesByKind.application + linesByKind.job > 0;
}
