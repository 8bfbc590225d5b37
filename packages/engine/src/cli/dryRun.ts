import { type Configuration, Dag, formatDuration, type Job, levels, type Palette } from '@executioner/core';
import type { Masker } from '../output/index.ts';
import { startingOrder } from '../plans/index.ts';
import type { StartOptions } from '../run/index.ts';
import { AtStart, makePlan, type Plan } from '../scheduler/index.ts';
import { presentSecrets } from './presentSecrets.ts';

/**
 * The plan of a run as text: its mode, its jobs in the order in which they start when all goes well (the scheduler's own,
 * run in virtual time), the levels of jobs that can run together, and what is skipped. Touches nothing.
 */
export function dryRun(configuration: Configuration, options: StartOptions, colors: Palette): string {
  const plan = makePlan(configuration, options);
  const { order, never, makespanMs } = startingOrder(plan);
  const masker = presentSecrets(configuration, options);
  const unselected = configuration.jobs.length - plan.jobs.length;
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
    ...(unselected === 0 ? [] : [`  Not Selected: ${unselected}\n`]),
    ...expectedDuration(plan, order, makespanMs),
    heading('Job execution order:'),
    ...order.map((number, index) => jobLines(`${index + 1}.`, number, { plan, masker, colors })),
    ...(never.length === 0 ? [] : [heading('Only when another job fails:')]),
    ...never.map((number) => jobLines('-', number, { plan, masker, colors })),
    ...(skipped.length === 0 ? [] : [heading('Skipped:'), ...skipped.map((job) => skipLine(job, colors))]),
    heading('Levels (jobs of one level do not depend on each other):'),
    ...levelLines(plan.jobs.filter((job) => !skipped.includes(job))),
  ].join('');
}

function poolLines({ resources }: Configuration): string[] {
  const pools = Object.entries(resources).map(([name, capacity]) => `${name} ${capacity}`);
  return pools.length === 0 ? [] : [`  Resources: ${pools.join(', ')}\n`];
}

/** Nothing where no job has a duration that is known. */
function expectedDuration({ guessed }: Plan, order: readonly number[], makespanMs: number): string[] {
  const guesses = order.filter((number) => guessed[number] === 1).length;
  if (guesses === order.length) return [];
  const reservation = guesses === 0 ? '' : ` (${guesses} of ${order.length} jobs by guess)`;
  return [`  Expected Duration: ${formatDuration(makespanMs)}${reservation}\n`];
}

interface Shown {
  readonly plan: Plan;
  readonly masker: Masker;
  readonly colors: Palette;
}

function jobLines(mark: string, number: number, { plan, masker, colors }: Shown): string {
  const job = plan.jobs[number]!;
  const after = job.dependencies.map(({ job: id, when }) => {
    const notes = [
      ...(when === 'success' ? [] : [when]),
      ...(plan.numberById.has(id) ? [] : ['not selected']),
    ];
    return notes.length === 0 ? id : `${id} (${notes.join(', ')})`;
  });
  const facts = [
    after.length === 0 ? 'after: none' : `after: ${after.join(', ')}`,
    `limit: ${formatDuration(plan.limitMs[number]!)}`,
    ...(plan.guessed[number] === 1 ? [] : [`usually: ${formatDuration(plan.estimateMs[number]!)}`]),
    ...(job.retry.maxRetries > 0 ? [`retries: ${job.retry.maxRetries}`] : []),
    ...(job.preChecks.length > 0 ? [`pre-checks: ${job.preChecks.length}`] : []),
    ...(job.postChecks.length > 0 ? [`post-checks: ${job.postChecks.length}`] : []),
    ...Object.entries(job.resources).map(([pool, amount]) => `${pool}: ${amount}`),
    ...(job.allowFailure ? ['may fail'] : []),
  ];
  const description = job.description === '' ? '' : ` - ${job.description}`;
  return `${mark.padStart(5)} ${colors.green(job.id)}${description}\n      ${excerpt(masker(job.command))}\n      [${facts.join('; ')}]\n`;
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
