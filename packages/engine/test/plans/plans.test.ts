import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Configuration, load, nodeHost } from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { definitionHasher } from '../../src/history/index.ts';
import {
  comparePlans,
  parsePlan,
  planDocument,
  plannedOptions,
  withPlannedLimits,
} from '../../src/plans/index.ts';
import type { PlanOptions } from '../../src/scheduler/index.ts';
import { closedSchema } from '../schemas/closedSchema.ts';

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

const planSchemaFile = fileURLToPath(new URL('../../schema/plan.schema.json', import.meta.url));

interface Loose {
  jobs: Record<string, unknown>[];
  order: unknown;
}

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

  test('orders jobs as if all went well, also one that is thought to take longer than its limit', () => {
    const long = configuration({ extract: { timeout: 2, estimated_duration: 50 } });
    expect(planOf(long).order).toEqual(['extract', 'load', 'cleanup']);
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
    ['a limit', configuration({ extract: { timeout: 7 } }), 'time limit changed: 3h, now 7s'],
    [
      'a warning',
      configuration({ extract: { timeout_warning: 5 } }),
      'time limit warning changed: none, now 5s',
    ],
    [
      'how it is retried',
      configuration({ extract: { retry_on_exit_codes: [1, 75] } }),
      'exit codes that are retried changed: [1], now [1,75]',
    ],
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
    const present = configuration({ load: { env_variables: { STAGE: 'live' }, priority: 3 } });
    expect(comparePlans(planOf(configuration()), planOf(present))).toEqual([
      { job: 'load', message: 'priority changed: 0, now 3' },
      {
        job: 'load',
        message: 'the value of a variable changed, or the plan comes from another state folder',
      },
    ]);
  });

  test('knows an estimate from history or the file, and says where there is none', () => {
    const plan = planOf(configuration(), { estimatesMs: new Map([['load', 250]]) });
    expect(plan.jobs.map(({ id, estimate_ms }) => [id, estimate_ms])).toEqual([
      ['load', 250],
      ['extract', 5000],
      ['cleanup', null],
    ]);
    expect(comparePlans(plan, planOf(configuration(), plannedOptions(plan)))).toEqual([]);
  });

  test('holds no secret that a command or a check names', () => {
    const of = configuration({
      extract: {
        command: 'login hunter22',
        post_checks: [{ name: 'output_contains', params: { text: 'as hunter22' } }],
      },
    });
    const masker = (text: string) => text.replaceAll('hunter22', '****');
    const plan = planDocument(of, { definitionHash: () => 'h', masker });
    expect(plan.jobs[1]).toMatchObject({
      command: 'login ****',
      post_checks: [{ params: { text: 'as ****' } }],
    });
    expect(JSON.stringify(plan)).not.toContain('hunter22');
  });

  test('has the published shape', () => {
    const published: object = JSON.parse(readFileSync(planSchemaFile, 'utf8'));
    const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
      closedSchema(published) as object,
    );
    const full = configuration({
      load: {
        pre_checks: [{ name: 'dir_exists', params: { path: 'x' } }],
        locks: ['l'],
        timeout_warning: '150%',
      },
    });
    for (const plan of [planOf(full), planOf(full, { only: ['load'], skip: ['load'], seed: 3 })]) {
      expect(validate(plan) ? [] : validate.errors).toEqual([]);
    }
    expect(validate({ ...planOf(full), workers: 0 })).toBe(false);
  });

  test.each([
    ['has no "command"', (plan: Loose) => delete plan.jobs[0]!.command],
    ['jobs[1].limit_ms is not number', (plan: Loose) => (plan.jobs[1]!.limit_ms = '7')],
    [
      'jobs[0].action is not "run" or "skip_requested" or "skip_disabled"',
      (plan: Loose) => (plan.jobs[0]!.action = 'fly'),
    ],
    ['order is not array', (plan: Loose) => (plan.order = 3)],
  ])('that is damaged is refused: %s', (message, damage) => {
    const plan = JSON.parse(JSON.stringify(planOf(configuration()))) as Loose;
    damage(plan);
    expect(() => parsePlan(JSON.stringify(plan), 'x.json')).toThrow(message);
  });

  test('is told from anything else', () => {
    expect(() => parsePlan('{"jobs": []}', 'x.json')).toThrow(
      '"x.json" is no plan: it is JSON, but not a plan',
    );
    expect(() => parsePlan('nothing', 'x.json')).toThrow('"x.json" is no plan');
  });
});
