export { assemblePostMortem, type PostMortemSources } from './assemble.ts';
export { postMortemDocument } from './document.ts';
export { type GatherOptions, gatherPostMortem } from './gather.ts';
export type {
  Impact,
  NextStep,
  NotRun,
  PostMortem,
  SimilarFailure,
  SinceLastGood,
  TimelineEntry,
} from './model.ts';
