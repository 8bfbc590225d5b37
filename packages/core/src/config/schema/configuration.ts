import Type from 'typebox';
import { closedObject, namedMap, reference } from './annotation.ts';
import { check } from './check.ts';
import { dependency } from './dependency.ts';
import { include, includeList } from './include.ts';
import { job, jobTemplate } from './job.ts';
import { logRetention } from './logRetention.ts';
import { notification } from './notification.ts';
import { schedule } from './schedule.ts';
import {
  amounts,
  decimalNumber,
  duration,
  environment,
  exitCodes,
  flag,
  historyLimit,
  text,
  textList,
  timeLimit,
  wholeNumber,
} from './values.ts';

/** The schema of a whole file: version 1 and version 2 in one. */
export const configuration = closedObject(
  {
    $schema: Type.Optional(text({ description: 'The address of this schema, for editors.' })),
    version: Type.Optional(
      Type.Union([Type.Literal(1), Type.Literal(2)], {
        description:
          'The format version. 2 makes unknown keys, unknown checks and doubtful values errors; without it they are warnings.',
        default: 1,
        expects: '1 or 2',
        examples: [2],
      }),
    ),
    application_name: Type.Optional(
      text({
        description: 'The name of the workflow in logs, history and e-mails.',
        defaultText: 'the name of the file without its ending',
        minLength: 1,
        examples: ['nightly_load'],
      }),
    ),
    name: Type.Optional(
      text({
        description: 'A label that nothing reads. Runs are named by `application_name`, else by the file.',
        deprecated: true,
      }),
    ),
    description: Type.Optional(text({ description: 'What the workflow is for.', default: '', since: 2 })),
    working_dir: Type.Optional(
      text({
        description:
          'The current folder of every job, and the base of relative paths in checks and `log_dir`. Relative paths count from the folder of the file; `~` is the home folder.',
        defaultText: 'the folder of the file (a warning without `version: 2`)',
        minLength: 1,
        examples: ['/srv/etl'],
      }),
    ),
    include: Type.Optional(
      Type.Union([Type.String({ minLength: 1 }), includeList], {
        description:
          'Files whose jobs, templates, env sets and checks are added, before the jobs of this file. Their own defaults, variables and `working_dir` hold for their jobs; settings of the run are taken from the first file alone.',
        expects: 'a path, or a list of paths and mappings such as {"file": "jobs/*.yaml", "prefix": "eu_"}',
        since: 2,
        examples: [['common.yaml', { file: 'regions/*.yaml', prefix: 'eu_' }]],
      }),
    ),
    jobs: Type.Optional(
      Type.Array(reference<typeof job>('job'), {
        description: 'The jobs. Their order decides among equals.',
        expects: 'a list of jobs',
        examples: [[{ id: 'extract', command: './extract.sh' }]],
      }),
    ),
    parallel: Type.Optional(
      flag({ description: 'Run jobs side by side, up to `max_workers`.', default: false }),
    ),
    max_workers: Type.Optional(
      wholeNumber({
        description: 'How many jobs may run at once when `parallel` is on.',
        default: 1,
        minimum: 1,
        maximum: 100_000,
        examples: [4],
      }),
    ),
    on_failure: Type.Optional(
      Type.Union([Type.Literal('stop'), Type.Literal('continue')], {
        description:
          'After a job failed: `stop` starts nothing new (but clean-up jobs), `continue` runs all that can still run.',
        default: 'stop',
        since: 2,
      }),
    ),
    default_timeout: Type.Optional(
      timeLimit({
        description: 'The time limit of jobs without `timeout`.',
        default: 10_800,
        examples: ['2h'],
      }),
    ),
    default_timeout_warning: Type.Optional(
      timeLimit({
        description: 'The `timeout_warning` of jobs without one.',
        defaultText: 'no warning',
        since: 2,
        examples: ['150%'],
      }),
    ),
    default_max_retries: Type.Optional(
      wholeNumber({
        description: 'The `max_retries` of jobs without one.',
        default: 0,
        minimum: 0,
        maximum: 1_000_000,
        examples: [2],
      }),
    ),
    default_retry_delay: Type.Optional(
      duration({ description: 'The `retry_delay` of jobs without one.', default: 30 }),
    ),
    default_retry_backoff: Type.Optional(
      decimalNumber({
        description: 'The `retry_backoff` of jobs without one.',
        default: 1.5,
        minimum: 0,
        maximum: 1000,
      }),
    ),
    default_retry_jitter: Type.Optional(
      decimalNumber({
        description: 'The `retry_jitter` of jobs without one.',
        default: 0.1,
        minimum: 0,
        maximum: 1,
      }),
    ),
    default_max_retry_time: Type.Optional(
      duration({ description: 'The `max_retry_time` of jobs without one.', default: 1800 }),
    ),
    default_retry_on_exit_codes: Type.Optional(
      exitCodes({
        description: 'The `retry_on_exit_codes` of jobs without one.',
        default: [1],
        examples: [[1, 75]],
      }),
    ),
    env_variables: Type.Optional(
      environment({
        description: 'Variables of every job. `${NAME}` refers to other variables.',
        default: {},
        examples: [{ DATA: '/srv/data', INPUT: '${DATA}/in' }],
      }),
    ),
    env_sets: Type.Optional(
      namedMap(environment({ description: 'The variables of one env set.', since: 2 }), {
        description: 'Named groups of variables that jobs take with their own `env_sets`.',
        default: {},
        expects: 'a mapping from names to variables, such as {"prod": {"STAGE": "prod"}}',
        since: 2,
        examples: [{ prod: { STAGE: 'prod' } }],
      }),
    ),
    inherit_shell_env: Type.Optional(
      Type.Union([Type.Boolean(), Type.Literal('default'), Type.Array(Type.String({ minLength: 1 }))], {
        description:
          'What jobs take over from the environment of the engine: everything (true), nothing (false), the common names such as PATH and HOME ("default"), or a list of names.',
        default: true,
        expects: 'true, false, "default" or a list of variable names',
        examples: ['default', ['PATH', 'HOME']],
      }),
    ),
    secrets: Type.Optional(
      textList({
        description:
          'Names of variables whose values are masked in everything we write, besides those with a word such as password, token or key in their name.',
        of: 'variable names',
        default: [],
        since: 2,
        examples: [['ORACLE_CONNECT']],
      }),
    ),
    shell: Type.Optional(
      text({
        description: 'The program that runs commands as `shell -c command`.',
        default: '/bin/sh',
        minLength: 1,
        since: 2,
        examples: ['/bin/bash'],
      }),
    ),
    allow_shell: Type.Optional(
      flag({
        description: 'false: commands are split into words and run without a shell.',
        default: true,
      }),
    ),
    resources: Type.Optional(
      amounts({
        description: 'Pools that jobs draw on, with their capacities.',
        default: {},
        since: 2,
        examples: [{ cpu: 8, db_sessions: 4 }],
      }),
    ),
    checks: Type.Optional(
      namedMap(reference<typeof check>('check'), {
        description: 'Named checks, to be used in `pre_checks` and `post_checks` of jobs.',
        default: {},
        expects: 'a mapping from names to checks',
        since: 2,
        examples: [{ input_there: { name: 'file_exists', params: { path: 'in.csv' } } }],
      }),
    ),
    job_templates: Type.Optional(
      namedMap(reference<typeof jobTemplate>('jobTemplate'), {
        description: 'Parts of jobs, to be taken over with `extends`.',
        default: {},
        expects: 'a mapping from names to job templates',
        since: 2,
        examples: [{ oracle: { timeout: '30m', locks: ['oracle'] } }],
      }),
    ),
    log_dir: Type.Optional(
      text({
        description: 'The folder of the logs, relative to `working_dir`.',
        default: './logs',
        minLength: 1,
      }),
    ),
    log_retention: Type.Optional(
      reference<typeof logRetention>('logRetention', {
        description: 'How long logs are kept.',
        defaultText: 'for ever',
        since: 2,
      }),
    ),
    email_address: Type.Optional(
      Type.Union([Type.String(), Type.Array(Type.String())], {
        description: 'Who gets e-mails about the run: an address, several with commas, or a list.',
        expects: 'an e-mail address, several with commas, or a list of them',
        examples: ['ops@example.com', ['a@example.com', 'b@example.com']],
      }),
    ),
    email_on_success: Type.Optional(
      flag({ description: 'Send an e-mail when the run succeeded.', default: false }),
    ),
    email_on_failure: Type.Optional(
      flag({ description: 'Send an e-mail when the run failed.', default: true }),
    ),
    smtp_server: Type.Optional(text({ description: 'The mail server.', default: 'localhost' })),
    smtp_port: Type.Optional(
      wholeNumber({
        description: 'The port of the mail server: 587 with STARTTLS, 465 with TLS, 25 plain.',
        default: 587,
        minimum: 1,
        maximum: 65_535,
      }),
    ),
    smtp_user: Type.Optional(text({ description: 'The user name at the mail server.', default: '' })),
    smtp_password: Type.Optional(text({ description: 'The password at the mail server.', default: '' })),
    notifications: Type.Optional(
      Type.Array(reference<typeof notification>('notification'), {
        description: 'Further messages about the run.',
        default: [],
        expects: 'a list of notifications',
        since: 2,
        examples: [[{ type: 'webhook', url: 'https://chat.example.com/hook/1', on: ['failure'] }]],
      }),
    ),
    schedule: Type.Optional(
      Type.Union([Type.String({ minLength: 1 }), reference<typeof schedule>('schedule')], {
        description: 'When the workflow is meant to run, for export to cron and the like.',
        expects:
          'a cron expression, or a mapping such as {"cron": "30 2 * * *", "time_zone": "Europe/Vienna"}',
        since: 2,
        examples: ['30 2 * * 1-5', { cron: '0 4 * * *', time_zone: 'Europe/Vienna' }],
      }),
    ),
    security_policy: Type.Optional(
      Type.Union([Type.Literal('warn'), Type.Literal('strict')], {
        description: 'What happens to a command that looks dangerous: a warning, or the job is refused.',
        default: 'warn',
      }),
    ),
    security_level: Type.Optional(
      Type.Union([Type.Literal('low'), Type.Literal('medium'), Type.Literal('high')], {
        description: 'How suspicious the command check is.',
        default: 'medium',
      }),
    ),
    command_whitelist: Type.Optional(
      textList({
        description: 'Programs that are always allowed.',
        of: 'program names',
        default: [],
        examples: [['rsync']],
      }),
    ),
    command_allowlist_patterns: Type.Optional(
      textList({
        description: 'Regular expressions of commands that are always allowed.',
        of: 'regular expressions',
        default: [],
        examples: [['^rm -rf /tmp/']],
      }),
    ),
    workspace_paths: Type.Optional(
      textList({
        description: 'Folders that programs may be run from.',
        of: 'paths',
        default: [],
        examples: [['/srv/etl']],
      }),
    ),
    dependency_plugins: Type.Optional(
      Type.Array(Type.Unknown(), {
        description:
          'Python plug-ins of version 1, which cannot be loaded here; write a check plug-in instead.',
        default: [],
        expects: 'a list of plug-ins',
        deprecated: true,
      }),
    ),
    database: Type.Optional(
      Type.Unknown({
        description: 'The history file of version 1; kept for import, otherwise not used.',
        deprecated: true,
      }),
    ),
  },
  {
    title: 'Executioner workflow',
    description: 'A workflow of shell jobs: JSON, JSON with comments, or YAML.',
    expects: 'a workflow: a mapping with "jobs"',
    $defs: {
      job,
      jobTemplate,
      dependency,
      check,
      include,
      historyLimit,
      logRetention,
      notification,
      schedule,
    },
  },
);

export type RawConfiguration = Type.Static<typeof configuration>;
