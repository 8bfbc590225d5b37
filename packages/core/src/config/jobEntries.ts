import { nearest } from '../diagnostics/suggest.ts';
import type { TemplateResolver } from './extends.ts';
import type { Findings, Place } from './findings.ts';
import type { RawJob } from './schema/index.ts';
import type { Inclusion } from './sourceFile.ts';

/** A job of some file, with its templates merged in, under its id in the whole configuration. */
export interface JobEntry {
  readonly id: string;
  readonly index: number;
  readonly inclusion: Inclusion;
  /** As written. */
  readonly own: RawJob;
  readonly raw: RawJob;
}

export interface JobEntries {
  /** Those of included files first, in the order of the `include` list, then those of the file itself. */
  readonly entries: readonly JobEntry[];
  /** The id in the configuration of an id as written in a file: the innermost that fits, else as it is. */
  resolveId(written: string, from: Inclusion): string;
}

/** Collects the jobs of all files. Cost: linear, times the depth of nested prefixes. */
export function collectJobs(root: Inclusion, templates: TemplateResolver, findings: Findings): JobEntries {
  const idsBelow = new Map<Inclusion, Set<string>>();
  const hasPrefixes = somePrefix(root);
  const resolveId = (written: string, from: Inclusion): string => {
    if (!hasPrefixes) return written;
    for (let scope: Inclusion | undefined = from; scope !== undefined; scope = scope.parent) {
      const id = scope.prefix + written;
      if (idsBelow.get(scope)?.has(id)) return id;
    }
    return written;
  };

  const collect = (inclusion: Inclusion): JobEntry[] => {
    const entries: JobEntry[] = [];
    for (const child of inclusion.children) appendAll(entries, collect(child));
    appendAll(entries, ownJobs(inclusion, templates));
    if (hasPrefixes || inclusion.only !== undefined)
      idsBelow.set(inclusion, new Set(entries.map(({ id }) => id)));
    return inclusion.only === undefined ? entries : selectOnly(entries, inclusion, resolveId, findings);
  };
  return { entries: collect(root), resolveId };
}

function appendAll<T>(target: T[], values: readonly T[]): void {
  for (const value of values) target.push(value);
}

function somePrefix(inclusion: Inclusion): boolean {
  return inclusion.prefix !== '' || inclusion.children.some(somePrefix);
}

function ownJobs(inclusion: Inclusion, templates: TemplateResolver): JobEntry[] {
  const { source, prefix } = inclusion;
  const entries: JobEntry[] = [];
  (source.raw.jobs ?? []).forEach((own: RawJob | undefined, index) => {
    if (own === undefined) return;
    const raw = own.extends === undefined ? own : templates.merge(own, jobPlace(source.file, index), source);
    entries.push({ id: prefix + own.id, index, inclusion, own, raw });
  });
  return entries;
}

export function jobPlace(file: string, index: number): Place {
  return { file, path: ['jobs', index] };
}

/** The jobs that a pattern of `only` names, and all that they depend on in these files. */
function selectOnly(
  entries: readonly JobEntry[],
  inclusion: Inclusion,
  resolveId: JobEntries['resolveId'],
  findings: Findings,
): JobEntry[] {
  const entryById = new Map(entries.map((entry) => [entry.id, entry]));
  const kept = new Set<string>();
  const open: string[] = [];
  const keep = (id: string): void => {
    if (!kept.has(id) && entryById.has(id)) {
      kept.add(id);
      open.push(id);
    }
  };
  for (const { pattern, place } of inclusion.only ?? []) {
    const matches = entries.filter(({ id }) => matchesOnly(id.slice(inclusion.prefix.length), pattern));
    if (matches.length === 0) reportNoMatch(pattern, place, entries, inclusion, findings);
    for (const { id } of matches) keep(id);
  }
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const entry = entryById.get(id)!;
    for (const dependency of entry.raw.dependencies ?? []) {
      keep(resolveId(typeof dependency === 'string' ? dependency : dependency.job, entry.inclusion));
    }
  }
  return entries.filter(({ id }) => kept.has(id));
}

/** `*` stands for any characters, `?` for one; everything else for itself. */
function matchesOnly(id: string, pattern: string): boolean {
  if (id === pattern) return true;
  if (!/[*?]/.test(pattern)) return false;
  const expression = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(id);
}

function reportNoMatch(
  pattern: string,
  place: Place,
  entries: readonly JobEntry[],
  inclusion: Inclusion,
  findings: Findings,
): void {
  const near = nearest(
    pattern,
    entries.map(({ id }) => id.slice(inclusion.prefix.length)),
  );
  findings.add({
    code: 'E214',
    message: `"${pattern}" matches no job of "${inclusion.source.file}"`,
    place,
    hint:
      near === undefined
        ? 'write ids without the prefix, or globs such as "load_*"'
        : `did you mean "${near}"?`,
  });
}
