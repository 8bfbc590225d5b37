export { logsCommand } from './command.ts';
export { type LogsView, logsFormats } from './formats.ts';
