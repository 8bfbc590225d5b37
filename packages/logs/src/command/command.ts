import { CommandError, defineCommand } from '@executioner/core';
import { logsActions } from './actions.ts';

const choosing = 'Choosing';
const patterns = 'Patterns';

/** `executioner logs`: what the logs of runs tell. */
export const logsCommand = defineCommand({
  name: 'logs',
  summary: 'learn from the logs of runs: statistics, failures and their causes, trends',
  description: `Reads journals, text logs of runs, applications and jobs (also rotated and compressed), and history
    databases, each recognised by its content, in any mixture.

    "logs patterns FILE…" groups the lines of any log into patterns; as CSV it gives the pattern of each line.`,
  positionals: {
    files: {
      summary: 'files, folders, globs, numbers of runs, or - for standard input; the latest run if left out',
      variadic: true,
      complete: 'file',
    },
  },
  options: {
    job: { type: 'text', group: choosing, placeholder: 'JOB', summary: 'only this job' },
    raw: {
      type: 'flag',
      group: patterns,
      summary: 'each whole line is a message: no time stamp and level are split off',
    },
    limit: {
      type: 'number',
      group: patterns,
      min: 0,
      placeholder: 'N',
      default: 50,
      summary: 'at most so many rows in a table for the terminal (default: 50)',
    },
  },
  formats: {
    text: { summary: 'tables for the terminal', endings: ['.txt'] },
    json: { summary: 'all that is known, for programs', endings: ['.json'] },
    csv: { summary: 'one row for each thing listed', endings: ['.csv'] },
  },
  examples: [
    { command: 'logs run_123.log', summary: 'statistics and failures of a run' },
    { command: 'logs patterns run_123.log', summary: 'the kinds of lines in a log' },
  ],
  async run({ files, job, raw, limit }, context) {
    const [word = '', ...rest] = files;
    const action = await logsActions[word]?.();
    if (action !== undefined) return await action({ files: rest, job, raw, limit }, context);
    throw new CommandError('USAGE', 'the views of runs are not there yet');
  },
});
