export { createLineIndex, type LineIndex } from '../diagnostics/index.ts';
