export type * from './event.ts';
export { applyEvent, fold } from './fold.ts';
export {
  type JournalFinding,
  type JournalParser,
  type JournalParserOptions,
  type JournalReading,
  journalParser,
  parseJournal,
} from './parse.ts';
export { readJournal, streamJournal } from './reader.ts';
export {
  type AttemptState,
  type CheckState,
  emptyRun,
  type JobPhase,
  type JobState,
  type Occupancy,
  type RunState,
  type Stopping,
  type TryState,
} from './runState.ts';
export { journalEvent, type LineSerializer, lineSerializer, type SerializerOptions } from './serialize.ts';
export {
  type Durability,
  type FirstEvents,
  type JournalCalls,
  type JournalError,
  type JournalOptions,
  type JournalState,
  JournalWriter,
  type OpenedJournal,
  openJournal,
} from './writer.ts';
