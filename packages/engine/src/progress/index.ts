export { plainLines } from './plainLines.ts';
