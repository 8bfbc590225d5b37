import Type from 'typebox';
import { closedObject } from './annotation.ts';
import { type check, checkUse } from './check.ts';
import { dependencies } from './dependency.ts';
import {
  amounts,
  decimalNumber,
  duration,
  environment,
  exitCodes,
  flag,
  positiveDuration,
  text,
  textList,
  timeLimit,
  wholeNumber,
} from './values.ts';

/** A dependency with a condition; a bare id waits for success. */
const retryStatuses = Type.Array(
  Type.Union([Type.Literal('ERROR'), Type.Literal('FAILED'), Type.Literal('TIMEOUT')]),
  {
    description: 'The kinds of failure after which the job is tried again.',
    default: ['ERROR', 'FAILED', 'TIMEOUT'],
    expects: 'a list of "ERROR", "FAILED" and "TIMEOUT"',
    examples: [['TIMEOUT']],
  },
);

const checks = (description: string, example: unknown) =>
  Type.Array(checkUse, { description, default: [], expects: 'a list of checks', examples: [[example]] });

/** The keys that a job template may hold: all of a job's but its id. */
const templateKeys = {
  command: Type.Optional(
    text({
      description: 'What to run: given to the shell verbatim. An empty command succeeds at once.',
      examples: ['python3 load.py --date "$DATE"'],
    }),
  ),
  description: Type.Optional(
    text({ description: 'One line for people, shown in summaries and e-mails.', default: '' }),
  ),
  dependencies: Type.Optional(dependencies),
  timeout: Type.Optional(
    timeLimit({
      description: 'The longest time one try of the command may take; checks do not count.',
      defaultText: '`default_timeout`',
      examples: [600, '15m', 'p95*2'],
    }),
  ),
  env_variables: Type.Optional(
    environment({
      description: 'Variables of this job alone; they win over env sets and the application.',
      default: {},
      examples: [{ STAGE: 'prod', INPUT: '${DATA}/in' }],
    }),
  ),
  max_retries: Type.Optional(
    wholeNumber({
      description: 'How many more tries follow a failed one.',
      defaultText: '`default_max_retries`',
      minimum: 0,
      maximum: 1_000_000,
      examples: [3],
    }),
  ),
  retry_delay: Type.Optional(
    duration({
      description: 'The wait before the first retry.',
      defaultText: '`default_retry_delay`',
      examples: [30],
    }),
  ),
  retry_backoff: Type.Optional(
    decimalNumber({
      description: 'Each further wait is the one before, times this.',
      defaultText: '`default_retry_backoff`',
      minimum: 0,
      maximum: 1000,
      examples: [2],
    }),
  ),
  retry_jitter: Type.Optional(
    decimalNumber({
      description: 'How far waits vary at random, as a share: 0.1 means 10 % either way.',
      defaultText: '`default_retry_jitter`',
      minimum: 0,
      maximum: 1,
      examples: [0.2],
    }),
  ),
  max_retry_time: Type.Optional(
    duration({
      description: 'No retry starts later than this after the first try began.',
      defaultText: '`default_max_retry_time`',
      examples: ['1h'],
    }),
  ),
  retry_on_status: Type.Optional(retryStatuses),
  retry_on_exit_codes: Type.Optional(
    exitCodes({
      description: 'Exit codes after which the job is tried again, whatever `retry_on_status` says.',
      defaultText: '`default_retry_on_exit_codes`',
      examples: [[1, 75]],
    }),
  ),
  pre_checks: Type.Optional(
    checks('What must hold before the command starts; the job fails otherwise.', {
      name: 'check_file_exists',
      params: { path: 'in.csv' },
    }),
  ),
  post_checks: Type.Optional(
    checks('What must hold after the command has ended; the job fails otherwise.', {
      name: 'check_no_ora_errors',
      params: { log_file: 'logs/load*.log' },
    }),
  ),
  log_dir: Type.Optional(
    text({
      description: "The folder of this job's own log.",
      defaultText: 'the `log_dir` of the configuration',
      minLength: 1,
    }),
  ),
  extends: Type.Optional(
    Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })], {
      description:
        'A job template, or several, from which this job takes what it does not say itself. Maps are merged key by key; everything else, lists included, is replaced. Of several templates the later wins.',
      expects: 'the name of a job template, or a list of names',
      since: 2,
      examples: ['oracle', ['oracle', 'nightly']],
    }),
  ),
  env_sets: Type.Optional(
    textList({
      description: 'Env sets to take variables from; the later wins over the earlier.',
      of: 'names of env sets',
      default: [],
      since: 2,
      examples: [['oracle', 'prod']],
    }),
  ),
  working_dir: Type.Optional(
    text({
      description:
        'The current folder of the command, and the base of relative paths in the checks of this job.',
      defaultText: 'the `working_dir` of the configuration',
      minLength: 1,
      since: 2,
      examples: ['reports', '/srv/etl'],
    }),
  ),
  shell: Type.Optional(
    text({
      description: 'The program that runs the command as `shell -c command`.',
      defaultText: 'the `shell` of the configuration',
      minLength: 1,
      since: 2,
      examples: ['/bin/bash'],
    }),
  ),
  tags: Type.Optional(
    textList({
      description: 'Words to select jobs by, as in `tag:nightly`.',
      of: 'words',
      default: [],
      since: 2,
      examples: [['nightly', 'oracle']],
    }),
  ),
  priority: Type.Optional(
    wholeNumber({
      description: 'Among jobs that are ready the higher priority starts first.',
      default: 0,
      minimum: -1_000_000,
      maximum: 1_000_000,
      since: 2,
      examples: [10],
    }),
  ),
  resources: Type.Optional(
    amounts({
      description: 'What the job takes from the pools in `resources` of the configuration while it runs.',
      default: {},
      since: 2,
      examples: [{ cpu: 2, db_sessions: 1 }],
    }),
  ),
  locks: Type.Optional(
    textList({
      description: 'Named locks, held while the job runs, across runs and workflows.',
      of: 'lock names',
      default: [],
      since: 2,
      examples: [['warehouse']],
    }),
  ),
  estimated_duration: Type.Optional(
    duration({
      description: 'How long the job usually takes, until its history tells.',
      since: 2,
      examples: [90, '15m'],
    }),
  ),
  timeout_warning: Type.Optional(
    timeLimit({
      description: 'After this time a warning is given and the job goes on.',
      defaultText: '`default_timeout_warning`',
      since: 2,
      examples: ['10m', '150%'],
    }),
  ),
  grace_period: Type.Optional(
    duration({
      description: 'The time between SIGTERM and SIGKILL when the job is stopped.',
      defaultText: '10 s; 1 s in a file without `version: 2`',
      since: 2,
      examples: ['30s'],
    }),
  ),
  no_output_timeout: Type.Optional(
    positiveDuration({
      description: 'The job is stopped when it prints nothing for this long.',
      since: 2,
      examples: ['10m'],
    }),
  ),
  allow_failure: Type.Optional(
    flag({
      description: 'A failure of this job neither stops its dependents nor makes the run a failed one.',
      default: false,
      since: 2,
    }),
  ),
  enabled: Type.Optional(
    flag({
      description: 'false: the job is skipped, and its dependents run as if it had succeeded.',
      default: true,
      since: 2,
    }),
  ),
  inputs: Type.Optional(
    textList({
      description: 'Files that the job reads, as paths or globs.',
      of: 'paths',
      default: [],
      since: 2,
      examples: [['data/*.csv']],
    }),
  ),
  outputs: Type.Optional(
    textList({
      description: 'Files that the job writes, as paths or globs.',
      of: 'paths',
      default: [],
      since: 2,
      examples: [['report.html']],
    }),
  ),
};

export const jobTemplate = closedObject(templateKeys, {
  title: 'Job template',
  description: 'Part of a job, to be taken over with `extends`. It may hold every key of a job but `id`.',
  expects: 'a job template: a mapping with keys of a job',
});

export const job = closedObject(
  {
    id: text({
      description: 'The unique name of the job; dependencies and commands refer to it.',
      minLength: 1,
      examples: ['extract'],
    }),
    ...templateKeys,
    job_id: Type.Optional(text({ description: 'Old name of `id`.', deprecated: true })),
    job_description: Type.Optional(text({ description: 'Old name of `description`.', deprecated: true })),
  },
  {
    title: 'Job',
    description: 'One shell command with its dependencies, limits, retries and checks.',
    expects: 'a job: a mapping with "id" and "command"',
  },
);

export type RawCheck = Type.Static<typeof check>;
export type RawJob = Type.Static<typeof job>;
export type RawJobTemplate = Type.Static<typeof jobTemplate>;
