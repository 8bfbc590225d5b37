import { type CommandContext, CommandError } from '@executioner/core';
import { readRunEvents, surroundingsOf } from '@executioner/engine';
import {
  buildRunReport,
  knownTimeZone,
  type RunReport,
  renderHtml,
  renderMarkdown,
  renderText,
} from '@executioner/report';

export interface MakeReportOptions {
  /** A run's number, its folder, a journal file or `-`; the latest run when undefined. */
  readonly run: string | undefined;
  /** An IANA name; the local zone when undefined. */
  readonly timeZone: string | undefined;
  readonly all: boolean;
}

/**
 * The report of a run in the format the context asks for.
 *
 * @throws CommandError RUN_NOT_FOUND, JOURNAL_DAMAGED, TIME_ZONE_UNKNOWN or INPUT_…
 */
export async function makeReport(options: MakeReportOptions, context: CommandContext): Promise<string> {
  const timeZone = knownTimeZone(options.timeZone);
  const report = await buildRunReport(readRunEvents(options.run, context), surroundingsOf(context.io));
  if (report === undefined) {
    throw new CommandError('JOURNAL_DAMAGED', 'the journal holds no event', {
      hint: 'a journal lies at runs/<number>/journal.1.ndjson in the state folder',
    });
  }
  return render(report, { timeZone, all: options.all }, context);
}

function render(
  report: RunReport,
  { timeZone, all }: { readonly timeZone: string; readonly all: boolean },
  context: CommandContext,
): string {
  switch (context.format) {
    case 'html':
      return renderHtml(report, { timeZone, version: context.version });
    case 'md':
      return renderMarkdown(report, { timeZone });
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    default:
      return renderText(report, { colors: context.colors, columns: context.columns, timeZone, all });
  }
}
