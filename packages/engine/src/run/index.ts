export { splitWords } from './argumentVector.ts';
export type { Run, RunResult, StartOptions } from './run.ts';
export { start } from './start.ts';
