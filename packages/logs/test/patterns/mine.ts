import { wholeLines } from '@executioner/engine';
import {
  createPatternMiner,
  type MinedPatterns,
  type PatternMinerOptions,
} from '../../src/patterns/index.ts';

export interface MineOptions extends PatternMinerOptions {
  /** Bytes of a chunk. */
  readonly chunkBytes?: number;
}

/** The patterns of a text, fed in chunks. */
export function mine(
  text: string,
  { raw = true, chunkBytes = 65_536, ...options }: MineOptions = {},
): MinedPatterns {
  const miner = createPatternMiner({ raw, ...options });
  miner.beginSource({ file: 'test.log' });
  const splitter = wholeLines(1 << 20, miner.add);
  const bytes = Buffer.from(text);
  // One buffer for all chunks, as readers of files have it.
  const chunk = Buffer.alloc(Math.min(chunkBytes, bytes.length));
  for (let i = 0; i < bytes.length; i += chunkBytes) {
    const length = bytes.copy(chunk, 0, i, i + chunkBytes);
    splitter.push(chunk.subarray(0, length));
  }
  splitter.end();
  return miner.finish();
}

/** The templates of lines, in the order of their first line. */
export function templatesOf(lines: readonly string[]): string[] {
  return mine(textOfLines(lines)).patterns.map(({ template }) => template);
}

/** The number of the pattern of a line. */
export function numberOf(mined: MinedPatterns, line: string): number {
  const numbers: number[] = [];
  mined.numbersOf(Buffer.from(`${line}\n`), (number) => numbers.push(number));
  return numbers[0]!;
}

/** Lines as the text of a file. */
export function textOfLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
