import { type Configuration, Dag, formatDuration, type Job, levels, type Palette } from '@executioner/core';
import { simulate } from '../drivers/index.ts';
import type { StartOptions } from '../run/index.ts';
import { AtStart, makePlan, type Plan } from '../scheduler/index.ts';

/**
 * The plan of a run as text: its mode, its jobs in the order in which they start when all goes well (the scheduler's own,
 * run in virtual time), the levels of jobs that can run together, and what is skipped. Touches nothing.
 */
export function dryRun(configuration: Configuration, options: StartOptions, colors: Palette): string {
  const plan = makePlan(configuration, options);
  const { order, never } = startingOrder(plan);
  const skipped = plan.jobs.filter((_, number) => plan.atStart[number] !== AtStart.run);
  const heading = (text: string) => `\n${colors.cyan(text)}\n`;
  return [
    'DRY RUN: nothing is started\n',
    heading('Plan:'),
    `  Application: ${configuration.applicationName}\n`,
    `  Working folder: ${configuration.workingDir}\n`,
    `  Execution mode: ${plan.sequential ? 'SEQUENTIAL' : `PARALLEL with ${plan.workers} workers`}\n`,
    `  After a failure: ${plan.onFailure}\n`,
    ...poolLines(configuration),
    `  Would Execute: ${order.length}\n`,
    `  Would Skip: ${skipped.length}\n`,
    heading('Job execution order:'),
    ...order.map((number, index) => jobLines(`${index + 1}.`, plan.jobs[number]!, plan, colors)),
    ...(never.length === 0 ? [] : [heading('Only when another job fails:')]),
    ...never.map((number) => jobLines('-', plan.jobs[number]!, plan, colors)),
    ...(skipped.length === 0 ? [] : [heading('Skipped:'), ...skipped.map((job) => skipLine(job, colors))]),
    heading('Levels (jobs of one level do not depend on each other):'),
    ...levelLines(plan.jobs),
  ].join('');
}

function poolLines({ resources }: Configuration): string[] {
  const pools = Object.entries(resources).map(([name, capacity]) => `${name} ${capacity}`);
  return pools.length === 0 ? [] : [`  Resources: ${pools.join(', ')}\n`];
}

interface StartingOrder {
  readonly order: readonly number[];
  /** Jobs that start only when something fails. */
  readonly never: readonly number[];
}

function startingOrder(plan: Plan): StartingOrder {
  const order = new Set<number>();
  const never: number[] = [];
  simulate(plan, {
    collect: false,
    onEvent(event) {
      if (event.type === 'check.started' || event.type === 'job.starting') order.add(event.job);
      if (event.type === 'job.skipped' && event.reason === 'dependency') never.push(event.job);
    },
  });
  return { order: [...order], never };
}

function jobLines(mark: string, job: Job, plan: Plan, colors: Palette): string {
  const number = plan.numberById.get(job.id)!;
  const after = job.dependencies.map(({ job: id, when }) => (when === 'success' ? id : `${id} (${when})`));
  const facts = [
    after.length === 0 ? 'after: none' : `after: ${after.join(', ')}`,
    `limit: ${formatDuration(plan.limitMs[number]!)}`,
    ...(job.retry.maxRetries > 0 ? [`retries: ${job.retry.maxRetries}`] : []),
    ...(job.preChecks.length > 0 ? [`pre-checks: ${job.preChecks.length}`] : []),
    ...(job.postChecks.length > 0 ? [`post-checks: ${job.postChecks.length}`] : []),
    ...Object.entries(job.resources).map(([pool, amount]) => `${pool}: ${amount}`),
    ...(job.allowFailure ? ['may fail'] : []),
  ];
  const description = job.description === '' ? '' : ` - ${job.description}`;
  return `${mark.padStart(5)} ${colors.green(job.id)}${description}\n      ${excerpt(job.command)}\n      [${facts.join('; ')}]\n`;
}

function excerpt(command: string): string {
  const line = command.trim().replace(/\s*\n\s*/g, ' ⏎ ');
  return line.length <= 100 ? line : `${line.slice(0, 99)}…`;
}

function skipLine({ id, enabled }: Job, colors: Palette): string {
  return `    - ${colors.yellow(id)} (${enabled ? 'requested' : 'disabled'})\n`;
}

const idsPerLevel = 12;

function levelLines(jobs: readonly Job[]): string[] {
  const byLevel = new Map<number, string[]>();
  const present = new Set(jobs.map(({ id }) => id));
  const dag = Dag.from(
    jobs.map(({ id, dependencies }) => ({
      id,
      dependencies: dependencies.filter(({ job }) => present.has(job)),
    })),
  );
  levels(dag).levelOf.forEach((level, number) => {
    const ids = byLevel.get(level);
    if (ids === undefined) byLevel.set(level, [jobs[number]!.id]);
    else ids.push(jobs[number]!.id);
  });
  return [...byLevel]
    .sort(([a], [b]) => a - b)
    .map(([level, ids]) => {
      const more = ids.length > idsPerLevel ? ` … and ${ids.length - idsPerLevel} more` : '';
      return `  ${level}: ${ids.slice(0, idsPerLevel).join(', ')}${more}\n`;
    });
}
