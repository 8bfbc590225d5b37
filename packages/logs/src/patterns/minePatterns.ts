import { lineScanner } from '@executioner/engine';
import { emptyHeader, readHeader } from './lineHeader.ts';
import type { LineSource } from './pattern.ts';
import { createPatternMiner, type MinedPatterns, type PatternMinerOptions } from './patternMiner.ts';

/** A log to read, as often as it is asked for. */
export interface ReadableLog extends LineSource {
  chunks(): AsyncIterable<Uint8Array>;
}

export interface MineOptions extends PatternMinerOptions {
  /** Each whole line is a message; otherwise the time stamp and level in front are no part of it. */
  readonly raw?: boolean;
}

export interface MiningResult extends MinedPatterns {
  readonly lines: number;
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
  { raw = false, ...options }: MineOptions = {},
): Promise<MiningResult> {
  const miner = createPatternMiner(options);
  const header = emptyHeader();
  const seek = raw
    ? (_: Uint8Array, start: number): void => {
        header.message = start;
      }
    : (bytes: Uint8Array, start: number, end: number): void => readHeader(bytes, start, end, header);
  let lines = 0;
  for (const input of inputs) {
    miner.beginSource(input);
    await scan(input, (bytes, start, end) => {
      lines += 1;
      seek(bytes, start, end);
      miner.add(bytes, end, header);
    });
  }
  const mined = miner.finish();
  return {
    ...mined,
    lines,
    async assign(onLine, afterChunk) {
      for (const input of inputs) {
        let line = 0;
        await scan(
          input,
          (bytes, start, end) => {
            line += 1;
            seek(bytes, start, end);
            onLine(mined.numberOf(bytes, header.message, end), line, input);
          },
          afterChunk,
        );
      }
    },
  };
}

type OnLine = Parameters<typeof lineScanner>[0];

async function scan(input: ReadableLog, onLine: OnLine, afterChunk?: () => Promise<void>): Promise<void> {
  const scanner = lineScanner(onLine);
  for await (const chunk of input.chunks()) {
    scanner.push(chunk);
    await afterChunk?.();
  }
  scanner.end();
}
