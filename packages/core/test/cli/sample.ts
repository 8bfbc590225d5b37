import {
  type CommandArguments,
  defineCommand,
  type MemoryIoOptions,
  memoryIo,
  runTool,
} from '../../src/cli/index.ts';

const options = {
  config: {
    type: 'text',
    short: 'c',
    aliases: ['configuration'],
    placeholder: 'FILE',
    complete: 'file',
    summary: 'the workflow',
  },
  'dry-run': { type: 'flag', short: 'n', group: 'Execution control', summary: 'start nothing' },
  skip: { type: 'list', group: 'Execution control', placeholder: 'IDS', summary: 'skip these jobs' },
  env: { type: 'list', commas: false, placeholder: 'NAME=VALUE', summary: 'set a variable' },
  workers: {
    type: 'number',
    min: 1,
    max: 64,
    short: 'j',
    deprecated: ['max-workers'],
    group: 'Parallel execution',
    default: 1,
    summary: 'how many jobs at a time',
  },
  parallel: {
    type: 'flag',
    group: 'Parallel execution',
    conflicts: ['sequential'],
    summary: 'several at a time',
  },
  sequential: { type: 'flag', group: 'Parallel execution', summary: 'one at a time' },
  timings: { type: 'flag', negatable: true, summary: 'show how long jobs took' },
  order: {
    type: 'choice',
    choices: ['file', 'topological', 'critical'],
    default: 'file',
    summary: 'order of the jobs',
  },
  'list-runs': { type: 'text', optional: true, placeholder: 'APP', summary: 'list runs' },
  'mark-success': { type: 'flag', requires: ['list-runs'], summary: 'mark jobs' },
  factor: { type: 'number', fraction: true, summary: 'scale of estimates' },
  secret: { type: 'flag', hidden: true, summary: 'for us' },
} as const;

const positionals = {
  file: { summary: 'the workflow to show' },
  others: { summary: 'more of them', variadic: true },
} as const;

/** Arguments as the table types them: the compiler checks the sample's table with it. */
export type SampleArguments = CommandArguments<typeof options, typeof positionals>;

/** A command with an option of every kind, which prints its arguments. */
export const sampleCommand = defineCommand({
  name: 'sample',
  summary: 'print the arguments it was given',
  description: 'Shows what the parser made of the command line.\n\nIt is used by tests only.',
  positionals,
  options,
  formats: {
    text: { summary: 'plain text', endings: ['.txt'] },
    json: { summary: 'for programs', endings: ['.json'] },
  },
  examples: [{ command: 'sample nightly.yaml --dry-run', summary: 'start nothing' }],
  exitCodes: { 1: undefined, 3: 'the arguments are odd' },
  async run(args, context) {
    await context.writeResult(`${JSON.stringify(args)}\n`);
    return 0;
  },
});

/** Runs a command in memory and returns all that can be seen of it. */
export async function call(argv: readonly string[], options: MemoryIoOptions = {}, command = sampleCommand) {
  const memory = memoryIo(options);
  const exitCode = await runTool(command, argv, memory.io, { name: 'sample', version: '1.2.3' });
  return { exitCode, stdout: memory.stdout(), stderr: memory.stderr() };
}
