export type {
  ImportedAttempt,
  ImportedJob,
  ImportedRun,
  ImportKind,
  ImportReading,
} from './importedRun.ts';
export type { ImportCode, ImportFinding } from './importFinding.ts';
export { type ImportResult, importHistory, readImport } from './importHistory.ts';
export type { StoredRun, StoreOptions } from './storeImport.ts';
export { isSqlite } from './v1Database.ts';
