import { builtInCheck } from '@executioner/core';
import type { CheckDefinition } from './check.ts';

/** A built-in check: what it does beside the name, summary and parameters under which configurations know it. */
export function builtIn(name: string, run: CheckDefinition['run']): CheckDefinition {
  const described = builtInCheck(name);
  if (described === undefined) throw new Error(`Internal error: the check "${name}" has no description`);
  return { ...described, run };
}
