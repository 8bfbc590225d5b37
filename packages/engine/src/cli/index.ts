export { stateFolderOf } from './history/context.ts';
export { historyCommand } from './history/index.ts';
export { loadWorkflow } from './loadWorkflow.ts';
export { planCommand } from './plan/index.ts';
export { runCommand } from './runCommand.ts';
export { journalsOf, knownRuns, readRunEvents, surroundingsOf } from './runEvents.ts';
export { selectJobs } from './selectJobs.ts';
export { shellWord } from './shellWord.ts';
