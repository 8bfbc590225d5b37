import {
  type CommandContext,
  CommandError,
  type Configuration,
  JobGraph,
  select,
  selectionFile,
} from '@executioner/core';
import { showErrors, showWarnings } from './showDiagnostics.ts';

/**
 * The ids that a selection picks, in file order. An error in it is shown on standard error, and the result is undefined.
 *
 * @throws CommandError `EMPTY_SELECTION` when it picks nothing.
 */
export function selectJobs(
  expression: string,
  { jobs }: Configuration,
  context: CommandContext,
): readonly string[] | undefined {
  const selected = select(expression, { graph: JobGraph.from(jobs), jobs });
  if (!selected.ok) {
    showErrors([selected.error], new Map([[selectionFile, expression]]), context);
    return undefined;
  }
  showWarnings(selected.warnings, context);
  if (selected.ids.length > 0) return selected.ids;
  throw new CommandError('EMPTY_SELECTION', `no job is selected by "${expression}"`, {
    hint: 'try the selection with --dry-run until it picks what you mean',
  });
}
