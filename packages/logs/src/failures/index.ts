export {
  type AlikeFailures,
  alikeFailures,
  type FailureSignature,
  othersText,
  signatureOf,
} from './alike.ts';
export { failureBlocks } from './blocks.ts';
export { type FailureCategory, failureCategory } from './category.ts';
export {
  type Causes,
  causesOf,
  type RootFailure,
  type SkippedJob,
  type UnexplainedSkip,
} from './causes.ts';
export { describeEnd } from './describe.ts';
export { type ExcerptLine, type ExcerptOptions, excerptOf, tellsOfTrouble } from './excerpt.ts';
export {
  doubtfulCauses,
  evidenceOf,
  explainedByConfiguration,
  historyExplainer,
  type KnownDependencies,
  type RunEvidence,
} from './explainSkips.ts';
export { type FailureReport, failuresOf } from './failureReport.ts';
export { jobLogFinder, loggedOutput } from './jobOutput.ts';
export { keptFromRunning, unexplainedTexts } from './kept.ts';
