import { defineCommand } from '@executioner/core';

const execution = 'Execution control';
const failures = 'Failure handling';
const workers = 'Parallel execution';
const display = 'Display';
const pastRuns = 'Past runs';
const resuming = 'Resuming';

/** `executioner run`, and what `executioner-engine` is. */
export const runCommand = defineCommand({
  name: 'run',
  summary: 'run the jobs of a workflow in the order of their dependencies',
  description: [
    'Starts every job as soon as the jobs it depends on have succeeded, one at a time or in parallel, and writes a log ' +
      'for the run and for each job. Standard output shows the lines of the run log as they arise, then a summary.',
    'The first Ctrl-C (or SIGTERM, SIGHUP) stops: nothing new starts and running jobs are asked to end. The second ' +
      'one kills them.',
  ].join('\n\n'),
  positionals: {
    workflow: { summary: 'The configuration (JSON, JSONC or YAML); - is standard input', complete: 'file' },
  },
  options: {
    config: {
      type: 'text',
      short: 'c',
      placeholder: 'FILE',
      complete: 'file',
      summary: 'the configuration, as another way to name it (default: jobs_config.json)',
    },
    'dry-run': {
      type: 'flag',
      group: execution,
      summary: 'show what would run, in which order and with which limits, and start nothing',
    },
    skip: {
      type: 'list',
      group: execution,
      placeholder: 'IDS',
      summary: 'skip these jobs, as if they had succeeded; may be repeated',
    },
    select: {
      type: 'text',
      group: execution,
      placeholder: 'EXPRESSION',
      summary:
        'run only the jobs selected: ids, globs, tag:…, +job for its dependencies, job+ for its dependents',
    },
    env: {
      type: 'list',
      commas: false,
      group: execution,
      placeholder: 'NAME=VALUE',
      summary: 'set variables for all jobs, above those of the configuration; A=1,B=2 or repeated',
    },
    'continue-on-error': {
      type: 'flag',
      group: failures,
      summary: 'after a failure, go on with all jobs that do not depend on it',
    },
    parallel: {
      type: 'flag',
      group: workers,
      summary: 'run independent jobs at the same time',
      conflicts: ['sequential'],
    },
    sequential: {
      type: 'flag',
      group: workers,
      summary: 'run one job at a time, whatever the configuration says',
    },
    workers: {
      type: 'number',
      group: workers,
      min: 1,
      placeholder: 'N',
      summary: 'how many jobs a parallel run has under way at most (default: max_workers)',
    },
    seed: {
      type: 'number',
      group: execution,
      min: 0,
      max: 2_147_483_647,
      placeholder: 'N',
      summary: 'the seed of the jitter in retry delays (default: the number of the run)',
    },
    notify: {
      type: 'flag',
      negatable: true,
      group: execution,
      summary: 'send no e-mails and webhooks, whatever the configuration asks for (--no-notify)',
    },
    plan: {
      type: 'text',
      group: execution,
      placeholder: 'FILE',
      complete: 'file',
      summary: 'run exactly what "executioner plan" has written, or show what differs and start nothing',
      conflicts: [
        'resume-from',
        'select',
        'skip',
        'continue-on-error',
        'parallel',
        'sequential',
        'workers',
        'seed',
      ],
    },
    'resume-from': {
      type: 'number',
      group: resuming,
      min: 1,
      placeholder: 'RUN',
      summary: 'go on with a run: keep what succeeded, take over what still runs, run the rest',
    },
    'resume-failed-only': {
      type: 'flag',
      group: resuming,
      summary: 'run only what failed, and what was skipped because of it',
    },
    explain: {
      type: 'flag',
      group: resuming,
      summary: 'say of each job why it would run or be kept, and start nothing',
    },
    'on-unknown': {
      type: 'choice',
      choices: ['rerun', 'fail', 'ask'],
      group: resuming,
      summary: 'what to do with jobs that nobody can say the end of (default: rerun)',
    },
    'mark-success': {
      type: 'flag',
      group: resuming,
      summary: 'mark jobs of a run as successful (with -r and -j), and start nothing',
    },
    'run-id': {
      type: 'number',
      short: 'r',
      group: resuming,
      min: 1,
      placeholder: 'RUN',
      summary: 'the run for --mark-success',
    },
    jobs: {
      type: 'list',
      short: 'j',
      group: resuming,
      placeholder: 'IDS',
      summary: 'the jobs for --mark-success',
    },
    yes: { type: 'flag', group: resuming, summary: 'mark without asking' },
    force: {
      type: 'flag',
      group: resuming,
      summary: 'go on where nobody can tell whether the former engine, on another host, is gone',
    },
    json: {
      type: 'flag',
      group: display,
      summary: 'write the events of the run to standard output, one JSON object a line, and nothing else',
    },
    visible: {
      type: 'flag',
      group: display,
      summary: 'show the variables set for each job before it all begins',
    },
    debug: { type: 'flag', group: display, summary: 'like --visible, and every event on standard error' },
    'list-runs': {
      type: 'text',
      optional: true,
      group: pastRuns,
      placeholder: 'APPLICATION',
      summary: 'list past runs, of one application if it is named, and start nothing',
    },
    limit: {
      type: 'number',
      group: pastRuns,
      min: 1,
      placeholder: 'N',
      default: 100,
      summary: 'how many runs --list-runs shows at most',
    },
    'show-run': {
      type: 'number',
      group: pastRuns,
      min: 1,
      placeholder: 'N',
      summary: 'show a past run with its jobs, and start nothing',
    },
    history: {
      type: 'flag',
      negatable: true,
      group: pastRuns,
      summary:
        'neither ask the history for estimates nor take the run into it; its journal is written all the same (--no-history)',
    },
    'simple-config': { type: 'flag', group: display, summary: 'print a small configuration to begin with' },
    'sample-config': {
      type: 'flag',
      group: display,
      summary: 'print a configuration that shows what there is',
    },
  },
  examples: [
    { command: 'run nightly.yaml', summary: 'run a workflow' },
    { command: 'run nightly.yaml --dry-run', summary: 'show the plan, start nothing' },
    {
      command: 'run nightly.yaml --parallel --workers 4 --continue-on-error',
      summary: 'four at a time, as far as possible',
    },
    {
      command: 'run nightly.yaml --skip notify --env STAGE=test',
      summary: 'without one job, with a variable',
    },
    { command: 'run --resume-from 12 --explain', summary: 'what a resume of run 12 would do' },
    { command: 'run --resume-from 12', summary: 'go on with run 12, from the file it was made from' },
    { command: 'run --mark-success -r 12 -j load', summary: 'take a job for done that was done by hand' },
    { command: 'run --sample-config > workflow.json', summary: 'a configuration to begin with' },
  ],
  exitCodes: { 0: 'every job succeeded, was skipped by request or was allowed to fail', 1: 'a job failed' },
  async run(args, context) {
    const { runWorkflow } = await import('./runWorkflow.ts');
    return runWorkflow(args, context);
  },
});
