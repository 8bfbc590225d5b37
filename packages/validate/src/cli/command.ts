import { defineCommand, exitCodes } from '@executioner/core';

/** `executioner validate`: what is wrong with workflows, before they run. */
export const validateCommand = defineCommand({
  name: 'validate',
  summary: 'find the mistakes in a workflow before it runs, and mend those that can be mended safely',
  description: `Reads workflows with all they include and reports what is wrong with them: syntax and unknown keys, circles and
missing dependencies, commands that the shell cannot read, programs and scripts that are not there, variables without a
value, secrets in plain text, mail and limits that cannot work. Every finding has a code; --explain CODE tells what it
means.

Files, folders (all workflows below) and globs can be named, - is standard input; without any of them the current folder
is meant. Findings can be switched off with --rule, in a file .executionerrc, or by a comment "# executioner-ignore CODE"
beside them.`,
  positionals: {
    files: {
      summary: 'workflow files, folders or globs; - for standard input',
      variadic: true,
      complete: 'file',
    },
  },
  options: {
    strict: { type: 'flag', summary: 'warnings count as errors: exit code 1' },
    fix: {
      type: 'flag',
      aliases: ['fix-common-issues'],
      group: 'Mending',
      summary:
        'mend what can be mended without changing what a run does, and keep the rest of the text as it is',
    },
    unsafe: {
      type: 'flag',
      group: 'Mending',
      requires: ['fix'],
      summary: 'with --fix: follow suggestions too, which may change what a run does: look at them before',
    },
    'dry-run': {
      type: 'flag',
      group: 'Mending',
      requires: ['fix'],
      summary: 'with --fix: write nothing, and print the changes as a diff',
    },
    rule: {
      type: 'list',
      group: 'Rules',
      placeholder: 'CODE=SEVERITY',
      summary: 'report a code as error, warning or info, or not at all: W401=off; several with commas',
    },
    'list-rules': { type: 'flag', group: 'Rules', summary: 'list all codes with their severity and title' },
    explain: {
      type: 'text',
      group: 'Rules',
      placeholder: 'CODE',
      summary: 'tell what a code means, with an example and how to mend it',
    },
    rc: {
      type: 'text',
      group: 'Rules',
      placeholder: 'FILE',
      complete: 'file',
      summary: 'settings to use instead of the nearest .executionerrc; "none" for no file',
    },
    env: {
      type: 'list',
      commas: false,
      placeholder: 'NAME=VALUE',
      summary: 'a variable that the run will be given, too; several with commas',
    },
    shellcheck: {
      type: 'choice',
      choices: ['auto', 'on', 'all', 'off'],
      default: 'auto',
      summary:
        'ask ShellCheck about the commands: auto does when it is installed; all about more than 500 different ones, too',
    },
    watch: { type: 'flag', short: 'w', summary: 'validate again whenever a file changes' },
  },
  formats: {
    pretty: { summary: 'for people, with the source around each finding', endings: ['.txt'] },
    json: { summary: 'diagnostics as data', endings: ['.json'] },
    sarif: { summary: 'SARIF 2.1.0, for code scanning', endings: ['.sarif'] },
    github: { summary: 'annotations of GitHub Actions' },
    gitlab: { summary: 'a code quality report of GitLab' },
    junit: { summary: 'a JUnit report', endings: ['.xml'] },
  },
  examples: [
    { command: 'validate workflow.json --strict', summary: 'fail on warnings, too' },
    { command: 'validate workflow.json --fix-common-issues', summary: 'mend what can be mended safely' },
    { command: 'validate workflow.json --fix --dry-run', summary: 'see what would be mended' },
    {
      command: 'validate workflow.json --fix --unsafe --dry-run',
      summary: 'see what following the suggestions would change, too',
    },
    {
      command: 'validate flows/ --format sarif -o findings.sarif',
      summary: 'all workflows of a folder, for code scanning',
    },
    { command: 'validate --explain E301', summary: 'what a code means' },
    { command: 'validate workflow.json --rule W401=off', summary: 'on a machine that lacks the programs' },
  ],
  exitCodes: {
    0: 'no errors (with --strict: and no warnings)',
    1: 'errors were found',
    2: 'wrong usage, or a file that cannot be read',
  },
  async run(args, context) {
    if (args.listRules || args.explain !== undefined) {
      const { explain, listRules } = await import('./reference.ts');
      await context.writeResult(
        args.explain === undefined ? listRules(context) : explain(args.explain, context),
      );
      return exitCodes.done;
    }
    const { validateFiles } = await import('./validateFiles.ts');
    return await validateFiles(args, context);
  },
});
