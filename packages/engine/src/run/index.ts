export { splitWords } from './argumentVector.ts';
export type { JobPatch } from './jobPatch.ts';
export type { Run, RunResult, StartOptions } from './run.ts';
export { start } from './start.ts';
