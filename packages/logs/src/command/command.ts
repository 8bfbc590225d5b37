import { defineCommand } from '@executioner/core';
import { logsActions, logsWords } from './actions.ts';
import { assertFormat, type LogsView } from './formats.ts';

const views = 'Views';
const choosing = 'Choosing';
const patterns = 'Patterns and novelty';

/** `executioner logs`: what the logs of runs tell. */
export const logsCommand = defineCommand({
  name: 'logs',
  summary: 'learn from the logs of runs: statistics, failures and their causes, trends',
  description: `Reads journals, text logs of runs, applications and jobs (also rotated and compressed), and history
    databases, each recognised by its content, in any mixture.

    "logs patterns FILE…" groups the lines of any log into patterns; as CSV it gives the pattern of each line.
    "logs novelty [RUN]" ranks the messages by how well they tell a failed job from its last good runs.
    "logs bisect --job JOB" names the change after which a job began to fail or to take longer.
    "logs retries" tells for each job whether retries help, what they cost, and how many to allow.`,
  positionals: {
    files: {
      summary: 'files, folders, globs, numbers of runs, or - for standard input; the latest run if left out',
      variadic: true,
      complete: 'file',
    },
  },
  options: {
    summary: {
      type: 'flag',
      group: views,
      conflicts: ['errors-only', 'trends', 'post-mortem', 'follow'],
      summary: 'statistics of runs and jobs, and the failures of the newest runs (the default)',
    },
    'errors-only': {
      type: 'flag',
      group: views,
      summary: 'only failures: what failed and why, what it kept from running, and the lines that matter',
    },
    trends: {
      type: 'flag',
      group: views,
      conflicts: ['errors-only', 'post-mortem'],
      summary:
        'how durations and failures have developed over many runs: what has changed since when, and what is flaky',
    },
    'post-mortem': {
      type: 'flag',
      group: views,
      conflicts: ['errors-only'],
      summary:
        'a report of one run: what failed first, what came of it, what has changed since it last went well, similar ' +
        'failures before, what to do next',
    },
    follow: {
      type: 'flag',
      group: views,
      conflicts: ['errors-only', 'trends', 'post-mortem'],
      summary:
        'tell what happens in a run while it happens, until it ends; of a state folder, a folder of logs or a glob the run ' +
        'under way, else the next one',
    },
    all: { type: 'flag', group: views, summary: 'list every run and job, however many there are' },
    'time-zone': {
      type: 'text',
      group: views,
      placeholder: 'ZONE',
      summary: 'zone of the times shown, such as UTC or Asia/Tokyo; the local one if left out',
    },
    'show-values': {
      type: 'flag',
      group: views,
      summary:
        'in --post-mortem and bisect, show the old and new values of variables that changed, secrets masked; without it ' +
        'only their names',
    },
    config: {
      type: 'text',
      short: 'c',
      group: views,
      placeholder: 'FILE',
      complete: 'file',
      summary:
        'the configuration of the runs, whose dependencies tell which failure kept which jobs from running where a text ' +
        'log does not; one beside the log is found without it',
    },
    app: { type: 'text', group: choosing, placeholder: 'NAME', summary: 'only runs of this application' },
    job: { type: 'text', group: choosing, placeholder: 'JOB', summary: 'only this job' },
    since: {
      type: 'text',
      group: choosing,
      placeholder: 'TIME',
      summary: 'only runs that began since then: 7d, 2h30m, 2026-01-31, "2026-01-31 12:00"',
    },
    until: {
      type: 'text',
      group: choosing,
      placeholder: 'TIME',
      summary: 'only runs that began before then; a day is meant to its end',
    },
    last: { type: 'number', group: choosing, min: 1, placeholder: 'N', summary: 'only the newest N runs' },
    raw: {
      type: 'flag',
      group: patterns,
      summary: 'each whole line is a message: no time stamp and level are split off',
    },
    good: {
      type: 'list',
      group: patterns,
      placeholder: 'FILES',
      complete: 'file',
      summary: 'logs of good attempts that "logs novelty FILE…" compares with',
    },
    limit: {
      type: 'number',
      group: patterns,
      min: 0,
      placeholder: 'N',
      default: 50,
      summary: 'at most so many rows in a table for the terminal',
    },
  },
  formats: {
    text: { summary: 'tables for the terminal', endings: ['.txt'] },
    json: { summary: 'all that is known, for programs', endings: ['.json'] },
    md: { summary: 'Markdown, for pull requests, tickets and chat', endings: ['.md', '.markdown'] },
    html: {
      summary: 'one page without scripts or links',
      endings: ['.html', '.htm'],
    },
    csv: { summary: 'one row for each thing listed', endings: ['.csv'] },
    openmetrics: { summary: 'metrics for Prometheus, of --summary', endings: ['.prom'] },
    junit: { summary: 'a JUnit report, of --summary: runs are suites, jobs are tests', endings: ['.xml'] },
    otlp: { summary: 'traces for OpenTelemetry (OTLP/JSON), of --summary: jobs and tries are spans' },
  },
  examples: [
    { command: 'logs run_123.log --summary', summary: 'statistics and failures of a run' },
    { command: 'logs run_123.log --errors-only', summary: 'only what failed, and why' },
    {
      command: "logs 'logs/*.log' --trends -o performance_report.html",
      summary: 'durations and failures over many runs, as a page with charts',
    },
    { command: 'logs --last 20 --format openmetrics -o runs.prom', summary: 'metrics for Prometheus' },
    { command: 'logs patterns run_123.log', summary: 'the kinds of lines in a log' },
    {
      command: 'logs run_123.log --post-mortem -o post-mortem.md',
      summary: 'what happened, and what to do next',
    },
    { command: 'logs bisect --job load', summary: 'the change after which a job began to fail' },
  ],
  exitCodes: {
    0: 'done, also if runs have failed',
    1: 'with --errors-only and --post-mortem: there are failures; with --follow: the run has failed, was cancelled, or its engine is gone',
    2: 'wrong usage, or a file that could not be read, or not to its end, whatever is asked for',
  },
  async run({ files, summary: _, errorsOnly, trends, postMortem, follow, ...rest }, context) {
    const [first, ...others] = files;
    const word = logsWords.find((each) => each === first);
    const view = word ?? viewOf({ errorsOnly, trends, postMortem, follow });
    assertFormat(view, context.format);
    const action = await logsActions[view]();
    return await action({ files: word === undefined ? files : others, ...rest }, context);
  },
});

function viewOf(asked: {
  readonly errorsOnly: boolean;
  readonly trends: boolean;
  readonly postMortem: boolean;
  readonly follow: boolean;
}): LogsView {
  if (asked.postMortem) return '--post-mortem';
  if (asked.follow) return '--follow';
  if (asked.trends) return '--trends';
  return asked.errorsOnly ? '--errors-only' : '--summary';
}
