export type { Decision, KeepReason, RemovedJob, ResumeDecisions, RunReason } from './decision.ts';
export type { PastOptions } from './openRun.ts';
export {
  type PreparedResume,
  prepareResume,
  type ResumeOptions,
  resumableRun,
  resume,
} from './resume.ts';
