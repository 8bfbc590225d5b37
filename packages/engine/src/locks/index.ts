export { type LockHolder, type LockKeeper, type LockKeeperOptions, lockKeeper } from './lockKeeper.ts';
