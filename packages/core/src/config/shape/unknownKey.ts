import { nearest } from '../../diagnostics/suggest.ts';
import type { DocumentPath } from '../../document/index.ts';
import type { Finding } from '../findings.ts';
import { configurationSchema } from '../schema/schema.generated.ts';
import type { SchemaNode } from '../schema/schemaNode.ts';
import { branchFor, schemaAt, valueAt } from './schemaAt.ts';

/** What other tools call the keys of ours; of several the first that is not there yet is meant. */
const otherNames: Readonly<Record<string, string | readonly string[]>> = {
  after: 'dependencies',
  args: 'command',
  cmd: 'command',
  continue_on_error: 'on_failure',
  cron: 'schedule',
  cwd: 'working_dir',
  depends: 'dependencies',
  depends_on: 'dependencies',
  deps: 'dependencies',
  dir: 'working_dir',
  disabled: 'enabled',
  email: 'email_address',
  env: 'env_variables',
  environment: 'env_variables',
  imports: 'include',
  includes: 'include',
  label: 'tags',
  labels: 'tags',
  name: ['id', 'description'],
  needs: 'dependencies',
  retries: 'max_retries',
  retry: 'max_retries',
  run: 'command',
  script: 'command',
  steps: 'jobs',
  tasks: 'jobs',
  template: 'extends',
  time_limit: 'timeout',
  upstream: 'dependencies',
  variables: 'env_variables',
  vars: 'env_variables',
  workdir: 'working_dir',
  workers: 'max_workers',
};

/** Says that the object at `path` has no key `key`, and which one was probably meant. */
export function unknownKey(
  path: DocumentPath,
  key: string,
  document: unknown,
  file: string,
  isStrict: boolean,
): Omit<Finding, 'job'> {
  const place = { file, path: [...path, key], part: 'key' as const };
  const owner = schemaAt(path, document);
  const node = owner && branchFor(owner, {});
  if (node?.keyCode !== undefined) {
    return {
      code: node.keyCode,
      message: `"${key}" is no name for a variable, expected letters, digits and underscores, and no digit at the beginning`,
      place,
    };
  }
  if (node?.properties === undefined) {
    return {
      code: 'E206',
      message: `"${key}" cannot be a name in ${ownerOf(path)}, expected one without blanks`,
      place,
    };
  }
  const written = new Set(Object.keys(valueAt(path, document) as object));
  const meant = meantKey(key, node, written);
  const isThere = meant !== undefined && written.has(meant);
  const hint = isThere
    ? `"${meant}" is there already: remove this one`
    : meant === undefined
      ? elsewhere(key, path, written)
      : `did you mean "${meant}"?`;
  return {
    code: isStrict ? 'E203' : 'W201',
    message: `${ownerOf(path)} has no key "${key}"${isStrict ? '' : '; it is ignored'}`,
    place,
    hint: hint ?? 'remove it, or begin it with "x_" if it is a note of your own',
    ...(meant !== undefined &&
      !isThere && {
        fixes: [
          { kind: 'suggestion' as const, title: `rename it to "${meant}"`, edits: [{ place, by: meant }] },
        ],
      }),
  };
}

/** Whether one of the keys at the top is most likely meant to be `jobs`. */
export function hasMisspelledJobs(document: object): boolean {
  const written = new Set(Object.keys(document));
  return [...written].some(
    (key) =>
      !Object.hasOwn(configurationSchema.properties ?? {}, key) &&
      meantKey(key, configurationSchema, written) === 'jobs',
  );
}

/** Whether a key of a job that it cannot have is most likely meant to be `key`. */
export function hasMisspelledKey(job: object, key: string): boolean {
  const node = configurationSchema.$defs?.job;
  if (node === undefined) return false;
  const written = new Set(Object.keys(job));
  return [...written].some(
    (name) => !Object.hasOwn(node.properties ?? {}, name) && meantKey(name, node, written) === key,
  );
}

function meantKey(key: string, { properties = {} }: SchemaNode, written: ReadonlySet<string>) {
  const known = Object.keys(properties).filter((name) => properties[name]?.deprecated !== true);
  return otherName(key, known, written) ?? nearest(key, known);
}

function otherName(key: string, known: readonly string[], written: ReadonlySet<string>): string | undefined {
  const lower = key.toLowerCase();
  const names = Object.hasOwn(otherNames, lower) ? [otherNames[lower]!].flat() : [];
  const possible = names.filter((name) => known.includes(name));
  return possible.find((name) => !written.has(name)) ?? possible[0];
}

/** A key of the file in a job, or the other way round. */
function elsewhere(key: string, path: DocumentPath, written: ReadonlySet<string>): string | undefined {
  const isInJob = path[0] === 'jobs' && path.length === 2;
  const top = configurationSchema.properties ?? {};
  if (isInJob && key === 'when')
    return 'a condition belongs to a dependency: {"job": "a", "when": "failure"}';
  if (isInJob && Object.hasOwn(top, key)) return `"${key}" belongs to the top of the file, not to a job`;
  const meant = isInJob ? otherName(key, Object.keys(top), written) : undefined;
  if (meant !== undefined) return `did you mean "${meant}"? It belongs to the top of the file, not to a job`;
  if (path.length > 0) return undefined;
  const job = configurationSchema.$defs?.job?.properties ?? {};
  if (!Object.hasOwn(job, key)) return undefined;
  return Object.hasOwn(top, `default_${key}`)
    ? `"${key}" belongs to a job; for all jobs use "default_${key}"`
    : `"${key}" belongs to a job`;
}

export function ownerOf(path: DocumentPath): string {
  const [section, name] = path;
  if (section === undefined) return 'a workflow';
  if (section === 'jobs') return path.length === 2 ? 'a job' : partOf(path);
  if (section === 'job_templates' && path.length === 2) return `job template "${String(name)}"`;
  if (section === 'checks' && path.length === 2) return `check "${String(name)}"`;
  return partOf(path);
}

function partOf(path: DocumentPath): string {
  const name = [...path].reverse().find((step) => typeof step === 'string');
  return typeof path.at(-1) === 'number' ? `an entry of "${name}"` : `"${name}"`;
}
