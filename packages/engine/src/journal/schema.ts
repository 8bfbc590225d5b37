import { type Outcome, outcomeNames } from '@executioner/core';
import { type Static, type TProperties, Type } from 'typebox';
import type { SameShape } from '../schemas/sameShape.ts';
import type { JournalEvent, OutcomeCounts } from './event.ts';

// The published shape of a journal line: `schema/journal.schema.json` and the tables of docs/journal.md are made
// from here. The program itself trusts the compiler, which holds these schemas equal to the types in event.ts.

const text = (description: string) => Type.String({ description });
const count = (description: string) => Type.Integer({ minimum: 0, description });
const outcome = (description: string) => Type.Unsafe<Outcome>(words(outcomeNames, description));
const finishedOutcome = (description: string) =>
  Type.Unsafe<Exclude<Outcome, 'skipped'>>(
    words(
      outcomeNames.filter((name) => name !== 'skipped'),
      description,
    ),
  );
const words = (names: readonly string[], description: string) => ({
  type: 'string',
  enum: [...names],
  description,
});
const reason = Type.Optional(
  Type.Union(
    [
      Type.Literal('requested'),
      Type.Literal('disabled'),
      Type.Literal('dependency'),
      Type.Literal('stopped'),
      Type.Literal('unchanged'),
      Type.Literal('marked'),
      Type.Literal('allowed'),
      Type.Literal('rejected'),
      Type.Literal('lock'),
    ],
    { description: 'Why, where the outcome alone does not say.' },
  ),
);
const anything = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description });
const by = text('Who asked for it: `user`, `cli`, the name of a signal.');
const phase = Type.Union([Type.Literal('pre'), Type.Literal('post')], {
  description: 'Before or after the command.',
});
const ticks = Type.Optional(
  count('Start time of the process in the ticks of the kernel: with the boot it tells a reused pid.'),
);
const engine = Type.Object(
  {
    engine_pid: count('Process id of the engine.'),
    ticks,
    boot_id: Type.Optional(text('Names the boot of the machine.')),
    host: text('Name of the machine.'),
    version: text('Version of the engine.'),
  },
  { description: 'The process that runs the attempt.' },
);

const envelope = {
  v: Type.Literal(1, { description: 'Version of the format.' }),
  seq: Type.Integer({
    minimum: 1,
    description: 'Number of the event: unbroken over all attempts of a run, from 1.',
  }),
  t: text('Wall clock, UTC, for people: `2026-01-02T03:04:05.678Z`.'),
  m: Type.Number({
    description:
      'Milliseconds since the start of the attempt by a clock that is never set: for all arithmetic.',
  }),
  run: count('Number of the run.'),
  attempt: Type.Integer({
    minimum: 1,
    description: 'Number of the attempt: 1, and one more with each resume.',
  }),
};

const ofJob = {
  job: text('Id of the job.'),
  round: count('From 1; a job that a person opens again begins a new round.'),
  try: count('From 1 in each round; 0 while the round has not tried yet.'),
};

function runEvent<K extends string, P extends TProperties>(type: K, description: string, own: P) {
  return Type.Object({ ...envelope, type: Type.Literal(type), ...own }, { description });
}

function jobEvent<K extends string, P extends TProperties>(type: K, description: string, own: P) {
  return Type.Object({ ...envelope, type: Type.Literal(type), ...ofJob, ...own }, { description });
}

/** The schema of each type of event, by its name, in the order of the reference. */
export const eventSchemas = {
  'run.started': runEvent('run.started', 'The attempt begins.', {
    plan_hash: text('Names the plan: the same plan has the same hash.'),
    seed: Type.Number({ description: 'Of all randomness in the attempt.' }),
    application: text('Name of the application.'),
    jobs: count('How many jobs the plan has.'),
    workers: count('How many jobs may run at once.'),
    options: anything('How the run was asked for.'),
    engine,
  }),
  'run.adopted': runEvent('run.adopted', 'A resume takes the run over from an earlier attempt.', {
    from_attempt: count('The attempt before.'),
    engine,
  }),
  'run.paused': runEvent('run.paused', 'Nothing new starts until `run.resumed`.', { by }),
  'run.resumed': runEvent('run.resumed', 'The pause is over.', { by }),
  'run.changed': runEvent('run.changed', 'The number of workers changed; running jobs go on.', {
    workers: count('How many jobs may run at once from here.'),
    by,
  }),
  'run.stopping': runEvent('run.stopping', 'Nothing new starts, save cleanup jobs.', {
    why: Type.Union([Type.Literal('failure'), Type.Literal('cancel'), Type.Literal('kill')], {
      description:
        '`failure`: running jobs finish. `cancel`: they are ended. `kill`: at once, without grace.',
    }),
    by: text('The name of a signal, `user`, or the job whose failure stopped the run.'),
    job: Type.Optional(text('The job whose failure stopped the run.')),
  }),
  'run.finished': runEvent('run.finished', 'The attempt is over; its last event.', {
    outcome: Type.Union([Type.Literal('succeeded'), Type.Literal('failed'), Type.Literal('cancelled')], {
      description: 'How the run ended.',
    }),
    exit_code: count('Of the command.'),
    counts: Type.Unsafe<OutcomeCounts>(
      Type.Object(Object.fromEntries(outcomeNames.map((name) => [name, Type.Optional(Type.Number())])), {
        description: 'How many jobs have each outcome.',
      }),
    ),
  }),
  'lock.requested': jobEvent('lock.requested', 'The job asks for its locks; it holds a worker from here.', {
    locks: Type.Array(Type.String(), { description: 'Names of the locks.' }),
  }),
  'lock.granted': jobEvent('lock.granted', 'The job has its locks.', {
    locks: Type.Array(Type.String(), { description: 'Names of the locks.' }),
  }),
  'lock.lost': jobEvent('lock.lost', 'The locks were refused, or lost while the job ran.', {
    locks: Type.Array(Type.String(), { description: 'Names of the locks.' }),
  }),
  'check.started': jobEvent('check.started', 'A check begins.', {
    phase,
    index: count('Place of the check in its list, from 0.'),
    name: text('Name of the check.'),
  }),
  'check.finished': jobEvent('check.finished', 'A check ended.', {
    phase,
    index: count('Place of the check in its list, from 0.'),
    name: text('Name of the check.'),
    ok: Type.Boolean({ description: 'Whether it held.' }),
    values: Type.Optional(anything('What was looked at and found.')),
    message: Type.Optional(text('What was wrong.')),
  }),
  'job.approving': jobEvent('job.approving', 'The job waits for a person to approve it.', {}),
  'job.approved': jobEvent('job.approved', 'A person approved the job.', { by }),
  'job.starting': jobEvent('job.starting', 'The intent to start a try, written before anything is done.', {
    token: text('Names the try for good: `<run>.<attempt>.<job number>.<round>.<try>`.'),
    command_hash: text('Names the command without telling it.'),
    definition_hash: Type.Optional(
      text(
        'Names all that decides what the job does: command, variables, checks, dependencies, folder, shell. Keyed: it means something in its state folder only.',
      ),
    ),
    limit_ms: Type.Number({ description: 'Time limit of the try.' }),
  }),
  'job.started': jobEvent('job.started', 'The process of the try exists.', {
    pid: count('Its process id, session and process group.'),
    ticks,
  }),
  'job.adopted': jobEvent('job.adopted', 'A try that an earlier attempt began belongs to this one now.', {
    from_attempt: count('The attempt that began it.'),
    pid: Type.Optional(count('Its process id; absent when the process is known to be gone.')),
    ticks,
    age_ms: Type.Number({ description: 'How long ago it started.' }),
  }),
  'job.output': jobEvent(
    'job.output',
    'The job wrote something; told sparingly, where silence has a limit.',
    {},
  ),
  'job.warning': jobEvent('job.warning', 'The job takes long.', {
    what: Type.Union([Type.Literal('slow'), Type.Literal('limit_exceeded')], {
      description:
        '`slow`: beyond the time of its warning. `limit_exceeded`: beyond a limit that does not end it.',
    }),
    after_ms: Type.Number({ description: 'After how long.' }),
  }),
  'job.signalled': jobEvent('job.signalled', 'A signal is sent to the job.', {
    signal: Type.Union([Type.Literal('SIGTERM'), Type.Literal('SIGKILL'), Type.Literal('SIGINT')], {
      description: 'Its name.',
    }),
    why: Type.Union(
      [
        Type.Literal('time_limit'),
        Type.Literal('no_output'),
        Type.Literal('cancel'),
        Type.Literal('grace'),
        Type.Literal('lock_lost'),
      ],
      { description: '`grace`: an earlier signal did not end it in time.' },
    ),
  }),
  'job.exited': jobEvent('job.exited', 'The main process of the try ended.', {
    end: Type.Object(
      {
        exit_code: Type.Optional(count('The exit code, when no signal killed it.')),
        signal: Type.Optional(text('The signal that killed it.')),
        cpu_ms: Type.Optional(Type.Number({ description: 'Processor time of it and its reaped children.' })),
        max_rss_kb: Type.Optional(Type.Number({ description: 'Largest resident memory of one of them.' })),
      },
      { description: 'How it ended, as the kernel tells it.' },
    ),
  }),
  'job.failed_to_start': jobEvent('job.failed_to_start', 'There never was a process.', {
    error: Type.Object(
      { errno: text('Name of the error: `ENOENT`.'), message: text('What could not be done.') },
      { description: 'The refusal of the system.' },
    ),
  }),
  'job.lost': jobEvent('job.lost', 'The try was started, and nobody can say how it ended.', {}),
  'job.retrying': jobEvent('job.retrying', 'The try failed and another one will follow.', {
    status: outcome('Outcome of the failed try.'),
    delay_ms: Type.Number({ description: 'The wait before the next try.' }),
  }),
  'job.due': jobEvent('job.due', 'The wait is over: the job stands among the ready ones again.', {}),
  'job.finished': jobEvent('job.finished', 'The job has its outcome.', {
    status: finishedOutcome('The outcome.'),
    reason,
    duration_ms: Type.Number({
      description: "From the first try's start to here, checks and waits included.",
    }),
    tries: count('How many tries this round had.'),
  }),
  'job.skipped': jobEvent('job.skipped', 'The job will not run.', {
    reason: Type.Union(
      [
        Type.Literal('requested'),
        Type.Literal('disabled'),
        Type.Literal('dependency'),
        Type.Literal('stopped'),
        Type.Literal('unchanged'),
      ],
      { description: 'Why not.' },
    ),
    because: Type.Optional(text('For `dependency`: the dependency that cannot be met any more.')),
  }),
  'job.kept': jobEvent('job.kept', 'A resume keeps the outcome of an earlier attempt.', {
    status: outcome('The outcome.'),
    reason,
    from_attempt: count('The attempt that has it.'),
  }),
  'job.leftover': jobEvent('job.leftover', 'Processes of the job outlive its main process.', {
    pids: Type.Array(Type.Number(), { description: 'Their process ids.' }),
  }),
  'job.modified': jobEvent('job.modified', 'A person changed the job for the rest of the run.', {
    patch: anything('The keys that changed; a time limit in seconds.'),
    command_hash: Type.Optional(Type.String({ description: 'Names the command as it is now.' })),
    definition_hash: Type.Optional(Type.String({ description: 'Names the definition as it is now.' })),
    by,
  }),
  'job.marked': jobEvent('job.marked', 'A person marked the job as succeeded.', { by }),
  'job.held': jobEvent('job.held', 'A person holds the job back.', { by }),
  'job.released': jobEvent('job.released', 'The job is not held back any more.', { by }),
  'job.reset': jobEvent('job.reset', 'A person opened the finished job again.', { by }),
} as const;

/** The JSON Schema of a journal line. */
export function journalSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Line of an Executioner journal',
    description: 'One event of a run. Readers ignore types that they do not know.',
    oneOf: Object.keys(eventSchemas).map((type) => ({ $ref: `#/$defs/${type}` })),
    $defs: eventSchemas,
  };
}

// The compiler's proof that schemas and types say the same, event by event.

type TypedEvent<K, E = JournalEvent> = E extends { readonly type: infer T }
  ? K extends T
    ? { [P in keyof E]: P extends 'type' ? K : E[P] }
    : never
  : never;
type Differences = {
  [K in JournalEvent['type'] | keyof typeof eventSchemas]: K extends keyof typeof eventSchemas &
    JournalEvent['type']
    ? SameShape<Static<(typeof eventSchemas)[K]>, TypedEvent<K>> extends true
      ? never
      : K
    : K;
}[JournalEvent['type'] | keyof typeof eventSchemas];

const noDifference: Differences extends never ? true : Differences = true;
void noDifference;
