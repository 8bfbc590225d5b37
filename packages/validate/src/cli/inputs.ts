import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  CommandError,
  type CommandIo,
  decodeText,
  inputError,
  parseDocument,
  readStdin,
  type SourceText,
} from '@executioner/core';

/** What is to be validated: the text of standard input, or a file. */
export interface Input {
  /** As it is shown. */
  readonly name: string;
  readonly source: string | SourceText;
  /** Found in a folder or by a pattern, not named by itself. */
  readonly isFound: boolean;
}

const endings = ['json', 'jsonc', 'yaml', 'yml'];

/**
 * The inputs that words of the command line name: files, folders (with all workflows below), globs, `-`. In a folder
 * or by a glob only files that look like workflows are taken, in the order of their names.
 *
 * @throws CommandError for what does not exist, and when there is nothing to validate.
 */
export async function findInputs(words: readonly string[], io: CommandIo): Promise<Input[]> {
  const inputs: Input[] = [];
  const seen = new Set<string>();
  const add = (input: Input, key: string): void => {
    if (!seen.has(key)) inputs.push(input);
    seen.add(key);
  };
  for (const word of words) {
    if (word === '-') {
      add({ name: '-', source: await readStdin(io), isFound: false }, '-');
      continue;
    }
    const path = resolve(io.cwd, word);
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
    if (!(found instanceof Error)) {
      if (!found.isDirectory()) add({ name: word, source: path, isFound: false }, path);
      else for (const file of await workflowsIn(path)) add({ name: file, source: file, isFound: true }, file);
    } else if (/[*?[{]/.test(word)) {
      for (const file of await workflowsMatching(word, io.cwd))
        add({ name: file, source: file, isFound: true }, file);
    } else throw await inputError(word, io.cwd, found);
  }
  if (inputs.length === 0) {
    throw new CommandError(
      'NO_WORKFLOW',
      `there is no workflow in ${words.map((word) => `"${word}"`).join(', ')}`,
      {
        hint: `name a file; in folders those that end in ${endings.map((ending) => `.${ending}`).join(', ')} and hold "jobs" are taken`,
      },
    );
  }
  return inputs;
}

async function workflowsIn(folder: string): Promise<string[]> {
  return await workflowsMatching(`**/*.{${endings.join(',')}}`, folder);
}

async function workflowsMatching(pattern: string, folder: string): Promise<string[]> {
  const { glob } = await import('tinyglobby');
  const files = await glob(pattern, {
    cwd: folder,
    absolute: true,
    onlyFiles: true,
    ignore: ['**/node_modules/**', '**/.git/**'],
  });
  const workflows: string[] = [];
  for (const file of files.sort()) if (await isWorkflow(file)) workflows.push(file);
  return workflows;
}

/** Whether a file has what makes a workflow: jobs, even if not as a list, or building blocks that others include. */
async function isWorkflow(file: string): Promise<boolean> {
  const text = await readFile(file).then(
    (bytes) => decodeText(bytes).text,
    () => '',
  );
  if (!/\bjobs\b|\binclude\b/.test(text)) return false;
  const { document } = parseDocument({ file, text });
  if (document === undefined) return /["']?jobs["']?\s*:/.test(text) && /["']?command["']?\s*:/.test(text);
  const { value } = document;
  if (!isMapping(value)) return false;
  const { jobs, include, version } = value;
  return (jobs !== undefined && mayBeJobs(jobs)) || (Array.isArray(include) && version === 2);
}

/** Other programs have mappings of jobs too (GitHub Actions), without commands, and numbers. */
function mayBeJobs(jobs: unknown): boolean {
  if (isMapping(jobs)) return Object.values(jobs).some((job) => isMapping(job) && job.command !== undefined);
  return jobs === null || typeof jobs === 'string' || Array.isArray(jobs);
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
