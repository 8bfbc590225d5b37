export { type KeptOutput, keepOutput } from './keptOutput.ts';
export { type LineSplitter, lineSplitter, longestLine } from './lineSplitter.ts';
export { type Masker, mask, maskDeep, type SecretMasker, secretMasker } from './masker.ts';
export type { PatternStream } from './patternMatcher.ts';
export { isMaskable } from './secretForms.ts';
export {
  type LineSink,
  type OutputReader,
  type OutputReaderOptions,
  outputReader,
  type SpoolFollower,
} from './spoolReader.ts';
