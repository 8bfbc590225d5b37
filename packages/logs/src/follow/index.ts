export { endChange, type FollowedChange, jobChange } from './changes.ts';
export { changeLines } from './describe.ts';
export { outputOfFailure } from './failureOutput.ts';
export { type Followed, type FollowOptions, followRun, lookEveryMs } from './followRun.ts';
export type { FollowedNews } from './growingRun.ts';
export { type FollowedFiles, type FollowTarget, followTarget } from './target.ts';
