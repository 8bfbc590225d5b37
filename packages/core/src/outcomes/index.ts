export {
  isFailedOutcome,
  type Outcome,
  type OutcomeInfo,
  outcomeNamed,
  outcomeNames,
  outcomes,
} from './outcome.ts';
