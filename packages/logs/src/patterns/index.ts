export { emptyHeader, type Level, type LineHeader, levels, readHeader } from './lineHeader.ts';
export { type LineHandler, type LineSplitter, splitLines } from './lineSplitter.ts';
export type { LineSource, Occurrence, Pattern } from './pattern.ts';
export {
  createPatternMiner,
  type MinedPatterns,
  type PatternMiner,
  type PatternMinerOptions,
} from './patternMiner.ts';
