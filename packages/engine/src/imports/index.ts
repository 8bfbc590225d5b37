export type { ImportedJob, ImportedRun, ImportFinding, ImportKind, ImportReading } from './importedRun.ts';
export { type ImportResult, importHistory, readImport } from './importHistory.ts';
export type { StoredRun, StoreOptions } from './storeImport.ts';
