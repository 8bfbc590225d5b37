export { emptyHeader, type Level, type LineHeader, levels, readHeader } from './lineHeader.ts';
export { maskText } from './maskText.ts';
export { type MiningResult, minePatterns, type ReadableLog } from './minePatterns.ts';
export type { LineSource, Occurrence, Pattern } from './pattern.ts';
export {
  createPatternMiner,
  type MinedPatterns,
  type PatternMiner,
  type PatternMinerOptions,
} from './patternMiner.ts';
export { templateText } from './render/document.ts';
