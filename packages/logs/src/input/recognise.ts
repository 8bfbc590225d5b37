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

/** The first line has what every event has; it may be cut off. */
function isJournal(head: Buffer): boolean {
  const [line = ''] = head.toString('latin1', 0, 4096).split('\n', 1);
  return (
    line.startsWith('{') && /"v":\s*\d+/.test(line) && /"seq":\s*\d+/.test(line) && /"type":\s*"/.test(line)
  );
}

function isTextLog(head: Buffer): boolean {
  const parser = textLogParser({ onFact: () => undefined });
  parser.push(Buffer.from(head));
  const { linesByKind } = parser.end();
  return linesByKind.run + linesByKind.application + linesByKind.job > 0;
}
