import { wholeLines } from '@executioner/engine';
import { maskedMax } from './masking/index.ts';
import type { LineSource } from './pattern.ts';
import { createPatternMiner, type MinedPatterns, type PatternMinerOptions } from './patternMiner.ts';

/** A log to read, as often as it is asked for. */
export interface ReadableLog extends LineSource {
  chunks(): AsyncIterable<Uint8Array>;
}

export interface MiningResult extends MinedPatterns {
  /**
   * Reads the logs again and gives the pattern of each line. Its promise is awaited after each chunk, so that a slow
   * reader holds up the reading.
   */
  assign(
    onLine: (pattern: number, line: number, source: LineSource) => void,
    afterChunk?: () => Promise<void>,
  ): Promise<void>;
}

/** The patterns of logs, read as one after the other. Memory does not depend on their size. */
export async function minePatterns(
  inputs: readonly ReadableLog[],
  options: PatternMinerOptions = {},
): Promise<MiningResult> {
  const miner = createPatternMiner(options);
  for (const input of inputs) {
    miner.beginSource(input);
    await eachPiece(input, miner.add);
  }
  const mined = miner.finish();
  return {
    ...mined,
    async assign(onLine, afterChunk) {
      for (const input of inputs) {
        let line = 0;
        const onNumber = (pattern: number): void => {
          line += 1;
          onLine(pattern, line, input);
        };
        await eachPiece(input, (lines) => mined.numbersOf(lines, onNumber), afterChunk);
      }
    },
  };
}

/** Gives the lines of a log in pieces as miners take them. */
async function eachPiece(
  input: ReadableLog,
  onLines: (lines: Uint8Array) => void,
  afterChunk?: () => Promise<void>,
): Promise<void> {
  const pieces = wholeLines(maskedMax, onLines);
  for await (const chunk of input.chunks()) {
    pieces.push(chunk);
    await afterChunk?.();
  }
  pieces.end();
}
