export { type KeptOutput, keepOutput } from './keptOutput.ts';
export { type LineSplitter, lineSplitter, longestLine } from './lineSplitter.ts';
export { isMaskable, type Masker, mask, maskDeep, secretMasker } from './masker.ts';
export {
  type LineSink,
  type OutputReader,
  type OutputReaderOptions,
  outputReader,
  type SpoolFollower,
} from './spoolReader.ts';
