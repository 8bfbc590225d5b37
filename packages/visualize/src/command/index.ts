export { visualizeCommand } from './command.ts';
