import { type CommandIo, type Program, runProgram } from '@executioner/core';

declare const __PACKAGE_VERSION__: string | undefined;

/** All tools under one name. A tool is loaded when it is asked for; the table is all that help needs. */
export const program: Program = {
  name: 'executioner',
  summary: 'The toolchain for workflows of shell jobs: write, check, understand, run and migrate them.',
  version: typeof __PACKAGE_VERSION__ === 'string' ? __PACKAGE_VERSION__ : '0.0.0',
  commands: [
    {
      name: 'run',
      summary: 'run the jobs of a workflow in the order of their dependencies',
      load: async () => {
        const { optimizeLate, runCommand } = await import('./run.ts');
        optimizeLate();
        return runCommand;
      },
    },
    {
      name: 'plan',
      summary: 'write what would run to a file that a run can be held to',
      load: async () => (await import('./plan.ts')).planCommand,
    },
    {
      name: 'validate',
      summary: 'find the mistakes in a workflow before it runs, and mend those that can be mended safely',
      load: async () => (await import('./validate.ts')).validateCommand,
    },
    {
      name: 'history',
      summary: 'list, show, search, mark, import, prune past runs',
      load: async () => (await import('./history.ts')).historyCommand,
    },
    {
      name: 'report',
      summary: 'show a run: its outcome, jobs, timeline and failures, for the terminal or as a page',
      load: async () => (await import('./report/command.ts')).reportCommand,
    },
    {
      name: 'visualize',
      summary: 'draw a workflow or a run of it: graph or timeline, as a picture, a page or text',
      load: async () => (await import('./visualize.ts')).visualizeCommand,
    },
    {
      name: 'logs',
      summary: 'learn from the logs of runs: statistics, failures and their causes, trends',
      load: async () => (await import('./logs.ts')).logsCommand,
    },
  ],
  defaultCommand: 'run',
};

/** Runs `executioner` with the words after its name, and returns the exit code. */
export function main(argv: readonly string[], io: CommandIo): Promise<number> {
  return runProgram(program, argv, io);
}
