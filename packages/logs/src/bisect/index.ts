export {
  type Bisection,
  bisectJob,
  type Evidence,
  type Onset,
  type RunReference,
  type Suspect,
} from './bisectJob.ts';
export { bisectionDocument } from './document.ts';
