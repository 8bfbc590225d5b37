import { type Static, Type } from 'typebox';
import type { SameShape } from '../schemas/sameShape.ts';
import type { PlanDocument } from './planDocument.ts';

// The published shape of a plan file, from which `schema/plan.schema.json` is made.

const text = (description: string) => Type.String({ description });
const flag = (description: string) => Type.Boolean({ description });
const count = (description: string) => Type.Integer({ minimum: 0, description });
const time = (description: string) => Type.Number({ minimum: 0, description });
const texts = (description: string) => list(Type.String(), description);
const list = <T extends Parameters<typeof Type.Array>[0]>(items: T, description: string) =>
  Type.Array(items, { description });
const orNull = <T extends Parameters<typeof Type.Array>[0]>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });

const checks = (description: string) =>
  list(
    Type.Object({
      name: text('A built-in check, or the path of a plug-in.'),
      params: Type.Record(Type.String(), Type.Unknown(), { description: 'As written, secrets masked.' }),
    }),
    description,
  );

const plannedJob = Type.Object({
  id: text('The id of the job.'),
  action: Type.Union([Type.Literal('run'), Type.Literal('skip_requested'), Type.Literal('skip_disabled')], {
    description: 'What happens to it: a skipped job lets its dependents run.',
  }),
  command: text('As it goes to the shell, secrets masked.'),
  working_dir: text('The folder it runs in; references are not resolved.'),
  shell: orNull(
    Type.String(),
    'The program that runs the command; null: none, the command is split into words.',
  ),
  environment: texts(
    'Names of the variables that the configuration or the command line sets, sorted; values stay out.',
  ),
  dependencies: list(
    Type.Object({
      job: text('The job that is waited for.'),
      when: Type.Union([Type.Literal('success'), Type.Literal('failure'), Type.Literal('always')], {
        description: 'The outcome that lets this job start.',
      }),
    }),
    'What it waits for.',
  ),
  pre_checks: checks('What must hold before it starts.'),
  post_checks: checks('What must hold after it has succeeded.'),
  limit_ms: time(
    'The time limit of a try; one that follows history is what it was when the plan was made. 0: none.',
  ),
  warn_ms: time('When a running try is reported as slow. 0: never.'),
  no_output_ms: time('The longest silence allowed. 0: any.'),
  grace_ms: time('The time between SIGTERM and SIGKILL.'),
  max_retries: count('How many more tries follow a failed one.'),
  retry_delay_ms: time('The wait before the first retry.'),
  retry_backoff: Type.Number({ description: 'Each further wait is the one before, times this.' }),
  retry_jitter: Type.Number({ description: 'How far waits vary at random, as a share.' }),
  max_retry_time_ms: time('No retry starts later than this after the first try began.'),
  retry_on_status: list(
    Type.Union([Type.Literal('ERROR'), Type.Literal('FAILED'), Type.Literal('TIMEOUT')]),
    'The kinds of failure after which it is tried again.',
  ),
  retry_on_exit_codes: list(Type.Number(), 'Exit codes after which it is tried again all the same.'),
  priority: Type.Number({ description: 'Among jobs that are ready the higher priority starts first.' }),
  resources: Type.Record(Type.String(), Type.Number(), { description: 'What it takes from which pool.' }),
  locks: texts('Names that no other job may hold meanwhile.'),
  allow_failure: flag('Whether a failure is fine.'),
  estimate_ms: orNull(
    Type.Number({ minimum: 0 }),
    'How long it usually takes: the median of past successes, else `estimated_duration`. null: nobody knows.',
  ),
  definition_hash: text(
    'Over command, variables with their values, checks, dependencies, folder and shell; comparable in one state folder.',
  ),
});

const planDocument = Type.Object({
  kind: Type.Literal('executioner-plan', { description: 'Tells a plan from any other JSON.' }),
  v: Type.Literal(1, { description: 'Version of the format.' }),
  application: text('The name of the application.'),
  file: text('The configuration, absolute; `-` when it came from standard input.'),
  hash: text('Tells plans apart: 16 hexadecimal digits over everything that can change a decision.'),
  workers: Type.Integer({ minimum: 1, description: 'How many jobs run at once.' }),
  on_failure: Type.Union([Type.Literal('stop'), Type.Literal('continue')], {
    description: 'What follows a failure.',
  }),
  seed: orNull(Type.Number(), 'Drives the jitter of retries; null: the number of the run.'),
  selected: orNull(Type.Array(Type.String()), 'The jobs that a selection has picked; null: all.'),
  order: texts(
    'Ids in the order of starting when all goes well; jobs that only a failure calls for come last.',
  ),
  jobs: list(plannedJob, 'In file order.'),
});

/** The JSON Schema of a plan file. */
export function planSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Plan of an Executioner run',
    ...planDocument,
  };
}

// The compiler's proof that schema and type say the same.
const isSame: SameShape<Static<typeof planDocument>, PlanDocument> = true;
void isSame;
