import { CommandError, defineCommand, exitCodes, nearest } from '@executioner/core';
import type { HistoryAction } from './actions.ts';

const choosing = 'Choosing (list, search)';
const marking = 'Marking (mark-success)';
const pruning = 'Pruning';

/** `executioner history`: what has run, found again. */
export const historyCommand = defineCommand({
  name: 'history',
  summary: 'list, show, search, mark, import, prune past runs',
  description: [
    'list [APPLICATION] shows the newest runs; show RUN one of them with its jobs; search WORDS the jobs whose id, ' +
      'command, error, last output, tags or application hold all the words ("in quotes" words stand together, ' +
      'error:ORA looks in one field).',
    'mark-success RUN JOB… takes jobs for done that were done by hand, so that a resume goes on behind them.',
    'import FILE… takes in a history database of version 1, a .ninja_log, a job log of GNU parallel or a trace in WfFormat. ' +
      'prune [APPLICATION] removes old runs with their text logs. rebuild makes the index anew from the journals.',
  ].join('\n\n'),
  positionals: {
    action: {
      summary: 'list, show, search, mark-success, import, prune or rebuild',
      required: true,
      complete: async () => actionNames,
    },
    words: {
      summary:
        'an application, the number of a run, jobs, words to search for, or files, as the action wants',
      variadic: true,
      complete: 'file',
    },
  },
  options: {
    app: { type: 'text', group: choosing, placeholder: 'NAME', summary: 'only runs of this application' },
    status: {
      type: 'list',
      group: choosing,
      placeholder: 'STATUS',
      summary: 'only what ended so: our names or those of version 1 (failed, TIMEOUT, SUCCESS, running …)',
    },
    tag: { type: 'text', group: choosing, placeholder: 'TAG', summary: 'only jobs with this tag' },
    without: {
      type: 'list',
      group: choosing,
      placeholder: 'WORD',
      summary: 'only jobs that do not hold the word (search)',
    },
    since: {
      type: 'text',
      group: choosing,
      placeholder: 'TIME',
      summary: 'only what began since then: 7d, 2h30m, 2026-01-31, "2026-01-31 12:00"',
    },
    until: {
      type: 'text',
      group: choosing,
      placeholder: 'TIME',
      summary: 'only what began before then; a day is meant to its end',
    },
    limit: {
      type: 'number',
      group: choosing,
      min: 1,
      placeholder: 'N',
      default: 100,
      summary: 'at most so many, the newest',
    },
    jobs: {
      type: 'list',
      short: 'j',
      group: marking,
      placeholder: 'IDS',
      summary: 'jobs to mark, as another way to name them',
    },
    yes: { type: 'flag', group: marking, summary: 'mark without asking' },
    force: {
      type: 'flag',
      group: marking,
      summary: 'mark where nobody can tell whether the engine, on another host, is gone',
    },
    'max-runs': { type: 'number', group: pruning, min: 0, placeholder: 'N', summary: 'keep so many runs' },
    'max-age': { type: 'text', group: pruning, placeholder: 'TIME', summary: 'keep runs begun since: 30d' },
    'max-size': {
      type: 'text',
      group: pruning,
      placeholder: 'SIZE',
      summary: 'keep as many as fit, journals and text logs together: 500MB',
    },
    config: {
      type: 'text',
      short: 'c',
      group: pruning,
      placeholder: 'FILE',
      complete: 'file',
      summary: 'take log_retention and the application from this configuration',
    },
    imported: { type: 'flag', group: pruning, summary: 'prune imported runs too' },
    'dry-run': { type: 'flag', group: pruning, summary: 'say what would be removed, remove nothing' },
  },
  formats: {
    text: { summary: 'tables for the terminal', endings: ['.txt'] },
    json: { summary: 'all that is known, for programs', endings: ['.json'] },
  },
  examples: [
    { command: 'history list --since 7d --status failed', summary: 'the failed runs of the last week' },
    { command: 'history show 12', summary: 'one run with its jobs' },
    { command: 'history search "ORA-00942" --since 30d', summary: 'where an error has occurred' },
    {
      command: 'history search timeout --tag nightly --without test',
      summary: 'by word, tag, and a word that must not occur',
    },
    { command: 'history mark-success 12 load', summary: 'take a job for done that was done by hand' },
    { command: 'history import old/jobs_history.db', summary: 'take in what version 1 has recorded' },
    { command: 'history prune --max-age 90d --dry-run', summary: 'what is older than 90 days' },
  ],
  exitCodes: {
    1: 'something in a file was left out, or nothing was marked',
    2: 'wrong usage, no such run, a file that cannot be imported, or no usable history',
  },
  async run(args, context) {
    const actions = await import('./actions.ts');
    const action = (actions.historyActions as Readonly<Record<string, HistoryAction>>)[args.action];
    if (action !== undefined) return (await action(args, context)) ?? exitCodes.done;
    const meant = nearest(args.action, actionNames);
    throw new CommandError('USAGE', `history has no action "${args.action}"`, {
      hint: meant === undefined ? `its actions are ${actionNames.join(', ')}` : `did you mean "${meant}"?`,
    });
  },
});

const actionNames: readonly string[] = [
  'list',
  'show',
  'search',
  'mark-success',
  'import',
  'prune',
  'rebuild',
];
