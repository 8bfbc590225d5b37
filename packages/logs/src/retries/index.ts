export { retriesDocument } from './document.ts';
export {
  type RetriedEnd,
  type RetryAdvice,
  type RetryPolicy,
  type RetryStep,
  retryAdvice,
} from './retryAdvice.ts';
