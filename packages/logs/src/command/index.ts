export { logsCommand } from './command.ts';
