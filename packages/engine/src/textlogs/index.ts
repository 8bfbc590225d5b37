export { type AppendFile, type AppendFileOptions, appendFile } from './appendFile.ts';
export {
  applicationLogName,
  escapeName,
  jobLogName,
  type LogName,
  parseLogName,
  runLogName,
} from './fileNames.ts';
export type { LogLevel, LogLine } from './logLine.ts';
export * from './read/index.ts';
export { applicationLogLimit, rotatingFile } from './rotation.ts';
export { millisecondStamp, secondStamp } from './stamp.ts';
export { type TextLog, textLog } from './textLog.ts';
export {
  type LogFolders,
  logFolders,
  prepareLogFolders,
  type TextLogWriter,
  type TextLogWriterOptions,
  textLogWriter,
} from './writer.ts';
