import type { CompletionValues } from '@executioner/core';
import { knownRuns } from '@executioner/engine';

/**
 * The numbers of the runs known here, the latest first. A file of its own, because a bundle that imports all of the engine on
 * demand holds all of it, and every command that needs some of it reads the rest too.
 */
export const completeRuns: CompletionValues = async (_words, io) => knownRuns(io).map(String).reverse();
