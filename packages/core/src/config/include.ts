import type { Place } from './findings.ts';
import type { Loading } from './readSource.ts';
import { readSource } from './readSource.ts';
import type { RawInclude } from './schema/index.ts';
import type { Inclusion, SourceFile } from './sourceFile.ts';

/** Files that include each other further than this are not followed. */
const maximumDepth = 100;

/** Prefixes make new instances of a file; nested they multiply, and somewhere it must end. */
const maximumInclusions = 10_000;

interface Visit {
  readonly loading: Loading;
  /** By prefix and file: a file that is reached twice under one prefix is there once. */
  readonly inclusions: Map<string, Inclusion>;
  /** Whether it has been said that there are too many: once is enough. */
  isTooManyReported: boolean;
}

/** A file on the way from the root, with the place of the `include` entry that led to it. */
interface Step {
  readonly file: string;
  readonly place?: Place;
}

/** Follows all `include` entries from `root` on, depth first. What cannot be followed is reported and left out. */
export function includeTree(root: SourceFile, loading: Loading): Inclusion {
  const inclusion: Inclusion = { source: root, prefix: '', children: [], only: undefined };
  const visit: Visit = {
    loading,
    inclusions: new Map([[key('', root.file), inclusion]]),
    isTooManyReported: false,
  };
  expand(inclusion, [{ file: root.file }], visit);
  return inclusion;
}

const key = (prefix: string, file: string): string => `${prefix}\u0000${file}`;

function expand(inclusion: Inclusion, steps: readonly Step[], visit: Visit): void {
  for (const entry of includeEntries(inclusion.source)) {
    for (const file of filesOf(entry, inclusion.source, steps, visit.loading)) {
      includeFile(file, entry, inclusion, steps, visit);
    }
  }
}

interface IncludeEntry {
  readonly file: string;
  readonly prefix: string;
  readonly only?: readonly string[];
  readonly filePlace: Place;
  readonly onlyPath: readonly (string | number)[];
}

function includeEntries(source: SourceFile): IncludeEntry[] {
  const { include } = source.raw;
  if (include === undefined) return [];
  const at = (...path: (string | number)[]): Place => ({ file: source.file, path: ['include', ...path] });
  if (typeof include === 'string') {
    return [{ file: include, prefix: '', filePlace: at(), onlyPath: [] }];
  }
  return (include as readonly (RawInclude | undefined)[]).flatMap((entry, index) =>
    entry === undefined
      ? []
      : typeof entry === 'string'
        ? { file: entry, prefix: '', filePlace: at(index), onlyPath: [] }
        : {
            file: entry.file,
            prefix: entry.prefix ?? '',
            ...(entry.only && { only: entry.only }),
            filePlace: at(index, 'file'),
            onlyPath: ['include', index, 'only'],
          },
  );
}

/** The absolute paths an entry stands for. A glob does not mean the files that lead to it. */
function filesOf(
  entry: IncludeEntry,
  source: SourceFile,
  steps: readonly Step[],
  loading: Loading,
): readonly string[] {
  const { host } = loading;
  if (!/[*?{[]/.test(entry.file)) return [host.resolve(source.folder, entry.file)];
  const matches = host.glob(entry.file, source.folder);
  if (matches.length === 0) {
    loading.add({
      code: 'W211',
      message: `no file matches "${entry.file}"`,
      place: entry.filePlace,
      hint: `the pattern is looked up in "${source.folder}"`,
    });
  }
  return matches.filter((file) => !steps.some((step) => step.file === file));
}

function includeFile(
  file: string,
  entry: IncludeEntry,
  parent: Inclusion,
  steps: readonly Step[],
  visit: Visit,
): void {
  const { loading, inclusions } = visit;
  if (steps.some((step) => step.file === file)) {
    reportCycle(file, entry, steps, loading);
    return;
  }
  const prefix = parent.prefix + entry.prefix;
  const only = entry.only?.map((pattern, index) => ({
    pattern,
    place: { file: parent.source.file, path: [...entry.onlyPath, index] },
  }));
  const known = inclusions.get(key(prefix, file));
  if (known !== undefined) {
    known.only = known.only && only && [...known.only, ...only];
    return;
  }
  if (inclusions.size >= maximumInclusions || steps.length > maximumDepth) {
    if (!visit.isTooManyReported) reportTooMany(steps.length > maximumDepth, entry, loading);
    visit.isTooManyReported = true;
    return;
  }
  const source = readSource(file, { written: entry.file, place: entry.filePlace }, loading);
  if (source === undefined) return;
  const inclusion: Inclusion = { source, prefix, parent, children: [], only };
  inclusions.set(key(prefix, file), inclusion);
  parent.children.push(inclusion);
  expand(inclusion, [...steps, { file, place: entry.filePlace }], visit);
}

function reportTooMany(isTooDeep: boolean, entry: IncludeEntry, loading: Loading): void {
  loading.add({
    code: 'E213',
    message: isTooDeep
      ? `files include each other more than ${maximumDepth} deep`
      : `more than ${maximumInclusions} files are included`,
    place: entry.filePlace,
    hint: isTooDeep
      ? 'include the innermost files from the first one'
      : 'files that include each other under ever new prefixes multiply',
  });
}

/** The chain is shown innermost first: the entry that closes the circle, then the ones that led there. */
function reportCycle(file: string, entry: IncludeEntry, steps: readonly Step[], loading: Loading): void {
  const circle = steps.slice(steps.findIndex((step) => step.file === file));
  const names = [...circle.map((step) => step.file), file].map((name) => `"${loading.host.nameOf(name)}"`);
  loading.add({
    code: 'E212',
    message: `files include each other in a circle: ${names.join(' → ')}`,
    place: entry.filePlace,
    hint: 'remove one of these includes, or move what both need into a third file',
    related: circle
      .slice(1)
      .reverse()
      .map((step) => ({
        message: `"${loading.host.nameOf(step.file)}" is included here`,
        ...(step.place && { place: step.place }),
      })),
  });
}
