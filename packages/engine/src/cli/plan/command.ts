import { defineCommand, exitCodes, parseAssignments } from '@executioner/core';
import { loadWorkflow } from '../loadWorkflow.ts';
import { estimatesOf } from '../recordRun.ts';
import { selectJobs } from '../selectJobs.ts';
import { presentPlan } from './presentPlan.ts';

/** `executioner plan`: what would run, as a file that a run can be held to. */
export const planCommand = defineCommand({
  name: 'plan',
  summary: 'write what would run to a file that a run can be held to',
  description: [
    'Writes as JSON which jobs would run in which order, with their commands, names of variables, checks, limits and ' +
      'estimates, and starts nothing. "executioner run --plan FILE" then runs exactly that, or refuses and shows what differs.',
  ].join('\n\n'),
  positionals: {
    workflow: {
      summary: 'The configuration (JSON, JSONC or YAML); - is standard input',
      required: true,
      complete: 'file',
    },
  },
  formats: { json: { summary: 'one JSON object', endings: ['.json'] } },
  options: {
    skip: { type: 'list', placeholder: 'IDS', summary: 'skip these jobs, as if they had succeeded' },
    select: { type: 'text', placeholder: 'EXPRESSION', summary: 'plan only the jobs selected' },
    env: {
      type: 'list',
      commas: false,
      placeholder: 'NAME=VALUE',
      summary: 'variables that the run will be given with --env; only their names are written',
    },
    'continue-on-error': {
      type: 'flag',
      summary: 'after a failure, go on with all jobs that do not depend on it',
    },
    parallel: { type: 'flag', summary: 'run independent jobs at the same time', conflicts: ['sequential'] },
    sequential: { type: 'flag', summary: 'run one job at a time, whatever the configuration says' },
    workers: {
      type: 'number',
      min: 1,
      placeholder: 'N',
      summary: 'how many jobs a parallel run has under way at most (default: max_workers)',
    },
    seed: {
      type: 'number',
      min: 0,
      max: 2_147_483_647,
      placeholder: 'N',
      summary: 'the seed of the jitter in retry delays',
    },
  },
  examples: [
    { command: 'plan nightly.yaml -o plan.json', summary: 'write the plan' },
    { command: 'run --plan plan.json', summary: 'run exactly what was planned' },
  ],
  exitCodes: { 0: 'the plan is written' },
  async run(args, context) {
    const loaded = await loadWorkflow(args.workflow, context);
    if (loaded === undefined) return exitCodes.usage;
    const { configuration } = loaded;
    const only = args.select === undefined ? undefined : selectJobs(args.select, configuration, context);
    if (args.select !== undefined && only === undefined) return exitCodes.usage;
    const { estimatesMs, pastDurationMs } = await estimatesOf(configuration, context);
    const plan = presentPlan(
      configuration,
      {
        environment: context.io.env,
        estimatesMs,
        pastDurationMs,
        variables: parseAssignments(args.env),
        skip: args.skip,
        ...(only === undefined ? {} : { only }),
        ...(args.continueOnError ? { onFailure: 'continue' as const } : {}),
        ...(args.parallel || args.sequential ? { parallel: args.parallel } : {}),
        ...(args.workers === undefined ? {} : { workers: args.workers }),
        ...(args.seed === undefined ? {} : { seed: args.seed }),
      },
      context,
    );
    await context.writeResult(`${JSON.stringify(plan, null, 2)}\n`);
    return exitCodes.done;
  },
});
