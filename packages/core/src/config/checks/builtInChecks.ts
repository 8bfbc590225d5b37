import type { CheckParameter, CheckParameters } from './checkParameter.ts';

/** A check that the engine brings along, as people see it. */
export interface BuiltInCheck extends CheckParameters {
  /** One sentence that is true when the check passes. */
  readonly summary: string;
  /** For checks of what the command has printed: they make no sense before it. */
  readonly onlyAfter?: boolean;
  readonly example: Readonly<Record<string, unknown>>;
}

const file = (description: string): CheckParameter => ({ name: 'path', type: 'string', description });

const textOrPattern: readonly CheckParameter[] = [
  { name: 'text', type: 'string', optional: true, description: 'The text, taken literally.' },
  {
    name: 'pattern',
    type: 'pattern',
    optional: true,
    description: 'Instead of `text`: a regular expression of JavaScript, looked for in each line.',
  },
  {
    name: 'ignore_case',
    type: 'boolean',
    optional: true,
    description: 'Upper and lower case are alike; false unless given.',
  },
];

/** The parameters of all built-in checks: those of version 1 under their old names first. */
export const builtInChecks: readonly BuiltInCheck[] = [
  {
    name: 'check_file_exists',
    summary: 'The file exists.',
    parameters: [file('The file.')],
    example: { path: 'in/orders.csv' },
  },
  {
    name: 'check_no_ora_errors',
    summary: 'No Oracle error (ORA-) stands in the log files.',
    parameters: [
      { name: 'log_file', type: 'string', description: 'The log; wildcards `* ? [a-z]` may name several.' },
    ],
    example: { log_file: 'logs/load_*.log' },
  },
  {
    name: 'check_no_ora_or_sp2_errors',
    summary: 'No Oracle or SQL*Plus error (ORA-, SP2-) stands in the log file.',
    parameters: [{ name: 'log_file', type: 'string', description: 'The log.' }],
    example: { log_file: 'logs/load.log' },
  },
  {
    name: 'file_exists',
    summary: 'The file exists, and is no folder.',
    parameters: [file('The file.')],
    example: { path: '${DATA}/orders.csv' },
  },
  {
    name: 'file_not_empty',
    summary: 'The file exists and holds something.',
    parameters: [
      file('The file.'),
      { name: 'min_size', type: 'size', optional: true, description: 'The least size; 1 byte unless given.' },
    ],
    example: { path: 'out/report.pdf', min_size: '10kB' },
  },
  {
    name: 'file_contains',
    summary: 'The text, or a match of the pattern, stands in the file.',
    parameters: [file('The file.'), ...textOrPattern],
    oneOf: ['text', 'pattern'],
    example: { path: 'logs/load.log', pattern: '^\\d+ rows loaded$' },
  },
  {
    name: 'file_newer_than',
    summary: 'The file was changed after another one, or not long ago.',
    parameters: [
      file('The file.'),
      { name: 'than', type: 'string', optional: true, description: 'The file that must be older.' },
      {
        name: 'max_age',
        type: 'duration',
        optional: true,
        description: 'Instead of `than`: how long ago it may have been changed at most.',
      },
    ],
    oneOf: ['than', 'max_age'],
    example: { path: 'in/orders.csv', max_age: '24h' },
  },
  {
    name: 'dir_exists',
    summary: 'The folder exists.',
    parameters: [file('The folder.')],
    example: { path: 'out' },
  },
  {
    name: 'disk_space',
    summary: 'The file system has room.',
    parameters: [
      {
        name: 'path',
        type: 'string',
        optional: true,
        description: 'A file or folder in it; the working folder unless given.',
      },
      { name: 'min_free', type: 'size', optional: true, description: 'The least room.' },
      {
        name: 'min_free_percent',
        type: 'number',
        optional: true,
        description: 'Instead of `min_free`: the least room in percent of the whole.',
      },
    ],
    oneOf: ['min_free', 'min_free_percent'],
    example: { path: '/var/lib/oracle', min_free: '20GiB' },
  },
  {
    name: 'tcp_port',
    summary: 'Something listens on the port.',
    parameters: [
      { name: 'port', type: 'port', description: 'The port.' },
      { name: 'host', type: 'string', optional: true, description: 'The machine; `localhost` unless given.' },
    ],
    example: { host: 'db.example.com', port: 1521 },
  },
  {
    name: 'http_status',
    summary: 'A web server answers with the status that is expected.',
    parameters: [
      { name: 'url', type: 'url', description: 'The address. Redirections are not followed.' },
      {
        name: 'status',
        type: 'statuses',
        optional: true,
        description: 'The status, or a list of those that will do; any from 200 to 299 unless given.',
      },
      {
        name: 'method',
        type: 'string',
        optional: true,
        description: 'The method of the request; `GET` unless given.',
      },
      { name: 'headers', type: 'texts', optional: true, description: 'Headers of the request.' },
    ],
    example: { url: 'https://api.example.com/health', status: [200, 204] },
  },
  {
    name: 'command',
    summary: 'A command ends with the exit code that is expected.',
    parameters: [
      {
        name: 'command',
        type: 'string',
        description: 'The command; it runs in the shell, folder and environment of the job.',
      },
      { name: 'exit_code', type: 'number', optional: true, description: 'The exit code; 0 unless given.' },
    ],
    example: { command: 'test $(wc -l < out/rows.csv) -ge 1000' },
  },
  {
    name: 'output_contains',
    summary: 'The command has printed the text, or a match of the pattern.',
    parameters: textOrPattern,
    oneOf: ['text', 'pattern'],
    onlyAfter: true,
    example: { text: 'Import finished' },
  },
  {
    name: 'output_not_contains',
    summary: 'The command has printed neither the text nor a match of the pattern.',
    parameters: textOrPattern,
    oneOf: ['text', 'pattern'],
    onlyAfter: true,
    example: { pattern: '\\b(ERROR|FATAL)\\b' },
  },
  {
    name: 'env_set',
    summary: 'The variables are set, and not empty.',
    parameters: [
      { name: 'name', type: 'names', description: 'The name of a variable, or a list of names.' },
      { name: 'value', type: 'string', optional: true, description: 'The value that each must have.' },
    ],
    example: { name: ['DB_HOST', 'DB_USER'] },
  },
];

const byName = new Map(builtInChecks.map((check) => [check.name, check]));

/** The parameters of a built-in check; undefined for any other name. */
export function builtInCheck(name: string): BuiltInCheck | undefined {
  return byName.get(name);
}
