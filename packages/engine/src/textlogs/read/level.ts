import { escapeCharacter } from './ascii.ts';
import { startsWith } from './bytes.ts';
import type { LoggedLevel } from './fact.ts';

/** A level, and what stands between it and the message. */
export interface LevelHead {
  readonly name: LoggedLevel;
  readonly head: Buffer;
}

const heads: readonly LevelHead[] = (['INFO', 'ERROR', 'WARNING', 'DEBUG', 'CRITICAL'] as const).map(
  (name) => ({
    name,
    head: Buffer.from(`${name} - `),
  }),
);
const colouredHeads: readonly LevelHead[] = heads.map(({ name }) => ({
  name,
  head: Buffer.from(`\u001b[31m${name}\u001b[0m - `),
}));
const info = heads[0]!;

/** The level at `at`, behind which the message begins; undefined when it is none. A terminal shows errors in red. */
export function levelAt(bytes: Buffer, at: number): LevelHead | undefined {
  if (startsWith(bytes, at, info.head)) return info;
  const candidates = bytes[at] === escapeCharacter ? colouredHeads : heads;
  return candidates.find(({ head }) => startsWith(bytes, at, head));
}
