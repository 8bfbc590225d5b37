import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 compile with its optimizing compiler only what runs for long: a run of a few thousand short jobs is over before
 * the compiler has earned back its work (a fifth of the engine's processor time and 8 MB, `npm run bench -- engine`).
 * For the whole process, so only programs call it.
 */
export function optimizeLate(): void {
  setFlagsFromString('--interrupt-budget=1000000');
}
