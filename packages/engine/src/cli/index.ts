export { stateFolderOf } from './history/context.ts';
export { historyCommand } from './history/index.ts';
export { planCommand } from './plan/index.ts';
export { runCommand } from './runCommand.ts';
