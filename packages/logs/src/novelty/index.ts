export { type NamedNovelty, noveltyDocument } from './document.ts';
export {
  type ComparedAttempts,
  type Difference,
  findNovelty,
  type NovelPattern,
  type Novelty,
} from './findNovelty.ts';
export { type JobNoveltyOptions, jobNovelty } from './jobNovelty.ts';
export { logLikelihoodRatio } from './logLikelihood.ts';
export { noveltyTable } from './noveltyTable.ts';
