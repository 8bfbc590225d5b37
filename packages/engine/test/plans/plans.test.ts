import { type Configuration, load, nodeHost } from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import { definitionHasher } from '../../src/history/index.ts';
import {
  comparePlans,
  parsePlan,
  planDocument,
  plannedOptions,
  withPlannedLimits,
} from '../../src/plans/index.ts';
import type { PlanOptions } from '../../src/scheduler/index.ts';

const jobs = [
  {
    id: 'load',
    command: 'echo load',
    dependencies: ['extract'],
    timeout: '200%',
    env_variables: { STAGE: 'test' },
  },
  { id: 'extract', command: 'echo extract', estimated_duration: 5 },
  { id: 'cleanup', command: 'echo cleanup', dependencies: [{ job: 'load', when: 'failure' }] },
];

function configuration(changed: Record<string, object> = {}, without: readonly string[] = []): Configuration {
  const list = jobs.filter(({ id }) => !without.includes(id)).map((job) => ({ ...job, ...changed[job.id] }));
  const text = JSON.stringify({ version: 2, application_name: 'app', working_dir: '/', jobs: list });
  const result = load({ file: '/w.json', text }, nodeHost('/', '/'));
  if (result.state === 'valid') return result.configuration;
  throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
}

const planOf = (of: Configuration, options: PlanOptions = {}) =>
  planDocument(of, { ...options, definitionHash: definitionHasher(Buffer.alloc(32), of) });

describe('a plan', () => {
  test('names jobs in file order, their order of starting, and no values of variables', () => {
    const plan = planOf(configuration());
    expect(plan.order).toEqual(['extract', 'load', 'cleanup']);
    expect(
      plan.jobs.map(({ id, command, environment, action }) => ({ id, command, environment, action })),
    ).toEqual([
      { id: 'load', command: 'echo load', environment: ['STAGE'], action: 'run' },
      { id: 'extract', command: 'echo extract', environment: [], action: 'run' },
      { id: 'cleanup', command: 'echo cleanup', environment: [], action: 'run' },
    ]);
    expect(parsePlan(JSON.stringify(plan), 'plan.json')).toEqual(plan);
  });

  test('is the same again under its own options, though history has gone on', () => {
    const options = { workers: 3, parallel: true, skip: ['extract'], pastDurationMs: () => 400_000 };
    const plan = planOf(configuration(), options);
    const later = { ...plannedOptions(plan), pastDurationMs: () => 900_000 };
    expect(comparePlans(plan, planOf(withPlannedLimits(configuration(), plan), later))).toEqual([]);
  });

  test.each([
    [
      'a command',
      configuration({ extract: { command: 'echo more' } }),
      'command changed: "echo extract", now "echo more"',
    ],
    ['a limit', configuration({ extract: { timeout: 7 } }), 'time limit changed: 10800000, now 7000'],
    [
      'a job that is gone',
      configuration({ load: { dependencies: [] } }, ['extract']),
      'it is in the plan, and not in the configuration',
    ],
  ])('shows %s', (_, present, message) => {
    const differences = comparePlans(planOf(configuration()), planOf(present));
    expect(differences.find(({ job }) => job === 'extract')).toEqual({ job: 'extract', message });
  });

  test('shows that a value changed, and not which', () => {
    const present = configuration({ load: { env_variables: { STAGE: 'live' } } });
    expect(comparePlans(planOf(configuration()), planOf(present))).toEqual([
      {
        job: 'load',
        message: 'the value of a variable changed, or the plan comes from another state folder',
      },
    ]);
  });

  test('is told from anything else', () => {
    expect(() => parsePlan('{"jobs": []}', 'x.json')).toThrow(
      '"x.json" is no plan: it is JSON, but not a plan',
    );
    expect(() => parsePlan('nothing', 'x.json')).toThrow('"x.json" is no plan');
  });
});
