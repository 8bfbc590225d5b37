import { type CompletionValues, defineCommand, exitCodes } from '@executioner/core';

const completeRuns: CompletionValues = async (_words, io) => {
  const { knownRuns } = await import('@executioner/engine');
  return knownRuns(io).map(String).reverse();
};

/** `executioner report`: a run as text, Markdown, HTML or JSON, made from its journals alone. */
export const reportCommand = defineCommand({
  name: 'report',
  summary: 'show a run: its outcome, jobs, timeline and failures, for the terminal or as a page',
  description: `Reads the journals of a run, all attempts of it, and shows what happened: how the run and each job ended,
    when, after how many tries, and what is known of every failure. A run that is still going on, or whose engine
    was killed, is shown as far as its journal tells.`,
  positionals: {
    run: {
      summary:
        'number of a run, its folder, a journal file, or - for a journal on standard input; the latest run if left out',
      complete: completeRuns,
    },
  },
  options: {
    all: {
      type: 'flag',
      summary: 'list every job, also of a large run (text only; other formats always do)',
    },
    'time-zone': {
      type: 'text',
      placeholder: 'ZONE',
      summary: 'zone of the times shown, such as UTC or Asia/Tokyo; the local one if left out',
    },
  },
  formats: {
    text: { summary: 'tables for the terminal', endings: ['.txt'] },
    md: { summary: 'Markdown', endings: ['.md', '.markdown'] },
    html: { summary: 'one page without scripts or links, with a timeline', endings: ['.html', '.htm'] },
    json: { summary: 'the data behind the report', endings: ['.json'] },
  },
  examples: [
    { command: 'report', summary: 'show the latest run' },
    { command: 'report 12 -o run-12.html', summary: 'write run 12 as a page to send or keep' },
    { command: 'report 12 --json | jq .counts', summary: 'count the jobs of run 12 by outcome' },
  ],
  exitCodes: {
    0: 'the report was made, also of a failed run',
    1: undefined,
    2: 'wrong usage, no such run, or a damaged journal',
  },
  async run({ run, timeZone, all }, context) {
    const { makeReport } = await import('./makeReport.ts');
    await context.writeResult(await makeReport({ run, timeZone, all }, context));
    return exitCodes.done;
  },
});
