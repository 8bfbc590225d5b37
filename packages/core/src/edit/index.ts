export { addJob, pathOfJob, removeJob } from './jobEdits.ts';
export { removeValue } from './removeValue.ts';
export { renameJob } from './renameJob.ts';
export { reorderJobs } from './reorderJobs.ts';
export { insertItem, setValue } from './setValue.ts';
export { applyEdits, type EditResult, type Splice } from './textEdit.ts';
