export { type AppendFile, type AppendFileOptions, appendFile } from './appendFile.ts';
export { applicationLogName, escapeName, jobLogName, runLogName } from './fileNames.ts';
export type { LogLevel, LogLine } from './logLine.ts';
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
