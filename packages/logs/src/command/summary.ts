import type { CommandContext } from '@executioner/core';
import { knownTimeZone } from '@executioner/report';
import {
  jobsCsvHeader,
  jobsCsvRows,
  junitReport,
  junitSuite,
  otlpTrace,
  type ResourceSpans,
  renderOpenMetrics,
} from '../exports/index.ts';
import { renderHtml, renderText, summarizer, summaryDocument } from '../summary/index.ts';
import type { LogsArguments } from './arguments.ts';
import { exitCodeOf } from './findings.ts';
import { readAsked } from './readAsked.ts';
import { writeDocument } from './writeDocument.ts';

/** `logs FILE… --summary`: statistics of runs and jobs, and the failures of the newest runs; and what other programs read. */
export async function summaryAction(args: LogsArguments, context: CommandContext): Promise<number> {
  switch (context.format) {
    case 'csv':
      return await exportCsv(args, context);
    case 'junit':
      return await exportJunit(args, context);
    case 'otlp':
      return await exportOtlp(args, context);
    default:
      return await summarize(args, context);
  }
}

async function summarize(args: LogsArguments, context: CommandContext): Promise<number> {
  const timeZone = knownTimeZone(args.timeZone);
  const gathered = summarizer({ cwd: context.io.cwd });
  const reading = await readAsked(args, context, gathered.add);
  const summary = gathered.summary(reading);
  const { colors, columns, format, version } = context;
  switch (format) {
    case 'json':
      await context.writeResult(`${JSON.stringify(summary, null, 2)}\n`);
      break;
    case 'md':
      await writeDocument(summaryDocument(summary, { timeZone, all: args.all }), summary, context);
      break;
    case 'html':
      await context.writeResult(renderHtml(summary, { timeZone, version }));
      break;
    case 'openmetrics':
      await context.writeResult(renderOpenMetrics(summary));
      break;
    default:
      await context.writeResult(renderText(summary, { colors, columns, timeZone, all: args.all }));
  }
  return exitCodeOf(reading);
}

async function exportCsv(args: LogsArguments, context: CommandContext): Promise<number> {
  const rows = [jobsCsvHeader];
  const reading = await readAsked(args, context, (run) => rows.push(jobsCsvRows(run)));
  await context.writeResult(rows.join(''));
  return exitCodeOf(reading);
}

async function exportJunit(args: LogsArguments, context: CommandContext): Promise<number> {
  const suites: string[] = [];
  const reading = await readAsked(args, context, (run) => {
    if (run.jobs.length > 0) suites.push(junitSuite(run, suites.length, context.io.cwd));
  });
  await context.writeResult(junitReport(suites));
  return exitCodeOf(reading);
}

async function exportOtlp(args: LogsArguments, context: CommandContext): Promise<number> {
  const resourceSpans: ResourceSpans[] = [];
  const reading = await readAsked(args, context, (run) => {
    if (run.jobs.length > 0) resourceSpans.push(otlpTrace(run, context.version));
  });
  await context.writeResult(`${JSON.stringify({ resourceSpans })}\n`);
  return exitCodeOf(reading);
}
