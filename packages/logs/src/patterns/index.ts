export { emptyHeader, type Level, type LineHeader, levels, readHeader } from './lineHeader.ts';
export { type LogInput, type MineOptions, type MiningResult, minePatterns } from './minePatterns.ts';
export type { LineSource, Occurrence, Pattern } from './pattern.ts';
export {
  createPatternMiner,
  type MinedPatterns,
  type PatternMiner,
  type PatternMinerOptions,
} from './patternMiner.ts';
