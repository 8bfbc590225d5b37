export { historyCommand } from './history/index.ts';
export { runCommand } from './runCommand.ts';
