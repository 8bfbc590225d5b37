export type { Decision, KeepReason, RemovedJob, ResumeDecisions, RunReason } from './decision.ts';
export { describeDecision, explainResume } from './explain.ts';
export { type MarkedJob, type MarkOptions, type PreparedMark, prepareMark } from './markSuccess.ts';
export type { PastOptions } from './openRun.ts';
export {
  type PreparedResume,
  prepareResume,
  type ResumeOptions,
  resumableRun,
  resume,
} from './resume.ts';
