export type * from './event.ts';
export { journalEvent, type LineSerializer, lineSerializer, type SerializerOptions } from './serialize.ts';
export {
  type Durability,
  type JournalCalls,
  type JournalError,
  type JournalOptions,
  type JournalState,
  JournalWriter,
  type OpenedJournal,
  openJournal,
} from './writer.ts';
