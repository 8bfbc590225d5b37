import {
  type CommandContext,
  CommandError,
  type Configuration,
  JobGraph,
  type SelectionSubject,
  select,
  selectionFile,
} from '@executioner/core';
import { showErrors, showWarnings } from './showDiagnostics.ts';

/**
 * The ids that a selection picks, in file order; `statuses` are those of a run, where there is one. An error in it is shown on standard error, and the result is undefined.
 *
 * @throws CommandError `EMPTY_SELECTION` when it picks nothing.
 */
export function selectJobs(
  expression: string,
  { jobs, statuses }: Pick<Configuration, 'jobs'> & Pick<SelectionSubject, 'statuses'>,
  context: CommandContext,
): readonly string[] | undefined {
  const selected = select(expression, {
    graph: JobGraph.from(jobs),
    jobs,
    ...(statuses === undefined ? {} : { statuses }),
  });
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
