import type { CommandContext } from '@executioner/core';
import { stateFolderOf } from '@executioner/engine';
import { knownTimeZone } from '@executioner/report';
import { trendsCsv } from '../exports/index.ts';
import { renderTrendsHtml, renderTrendsText, trendCollector, trendsDocument } from '../trends/index.ts';
import type { LogsArguments } from './arguments.ts';
import { exitCodeOf } from './findings.ts';
import { readOwnHistory } from './ownHistory.ts';
import { readAsked } from './readAsked.ts';
import { writeDocument } from './writeDocument.ts';

/** `logs FILE… --trends`: how durations and failures have developed over many runs. */
export async function trendsAction(args: LogsArguments, context: CommandContext): Promise<number> {
  const timeZone = knownTimeZone(args.timeZone);
  const collected = trendCollector();
  const { colors, columns, format, version } = context;
  // Without a word: all that has run, and not the latest run alone, which has no trend.
  const reading =
    args.files.length > 0
      ? await readAsked(args, context, collected.add)
      : await readAsked(
          { ...args, files: [stateFolderOf(context.io)] },
          context,
          collected.add,
          readOwnHistory,
        );
  const trends = collected.trends();
  switch (format) {
    case 'json':
      await context.writeResult(`${JSON.stringify(trends, null, 2)}\n`);
      break;
    case 'html':
      await context.writeResult(renderTrendsHtml(trends, { timeZone, version }));
      break;
    case 'md':
      await writeDocument(trendsDocument(trends, { timeZone, all: args.all }), trends, context);
      break;
    case 'csv':
      await context.writeResult(trendsCsv(trends));
      break;
    default:
      await context.writeResult(
        renderTrendsText(trends, {
          colors,
          columns,
          timeZone,
          all: args.all,
          isOwnHistory: args.files.length === 0,
        }),
      );
  }
  return exitCodeOf(reading);
}
