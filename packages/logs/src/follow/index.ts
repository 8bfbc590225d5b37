export { changesSince, type FollowedChange, type Seen, seenOf } from './changes.ts';
export { changeLine } from './describe.ts';
export { type Followed, type FollowOptions, followRun } from './followRun.ts';
