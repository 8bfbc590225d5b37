import { nearest } from '@executioner/core';
import type { Invocation, PathChanges } from '../../shell/commandFacts.ts';
import { bashBuiltinNames } from '../../shell/programs.ts';
import { literalOf, resolveWord } from '../../shell/word.ts';
import type { Occurrence } from '../grouping.ts';
import type { JobSubject, Subject } from '../subject.ts';
import { production } from './production.ts';
import { isInMissingFolder, missingFolder } from './workingFolder.ts';

/** A program that cannot be started. */
export interface UnusableProgram extends Occurrence {
  readonly program: string;
  readonly why: 'missing' | 'not executable' | 'a folder';
  /** Where it was looked for, or the file itself. */
  readonly where: string;
  readonly isConditional: boolean;
}

/** What a shell searches when there is no PATH (dash and bash agree on these). */
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The search that all rules share, memoized with `Subject.once`. */
export function programSearch(subject: Subject): ProgramSearch {
  return new ProgramSearch(subject);
}

type Found = 'found' | 'missing' | 'not executable';

/** What was found along one PATH. */
interface SearchedPath {
  readonly isRelative: boolean;
  readonly byProgram: Map<string, Found>;
  /** All files in its folders, listed at the first question. */
  names(): readonly string[];
}

const none: readonly never[] = [];

/** Looks for programs, each once along each PATH. */
export class ProgramSearch {
  readonly #subject: Subject;
  readonly #paths = new Map<string, SearchedPath>();
  #lastJob: JobSubject | undefined;
  #unusable: readonly UnusableProgram[] = none;

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  /** The programs of a job that cannot be started here. All rules ask for one job before they ask for the next. */
  unusable(job: JobSubject): readonly UnusableProgram[] {
    if (this.#lastJob !== job) {
      this.#lastJob = job;
      this.#unusable = this.#searchIn(job);
    }
    return this.#unusable;
  }

  /** The nearest name of a program in the folders of a PATH. */
  similar(program: string, path: string): string | undefined {
    // Slips seldom hit the first letter, and there are many programs: `rsync` is no slip for `sync`.
    const begins = program.slice(0, 2).toLowerCase();
    const names = this.#searchedPath(path).names();
    return nearest(
      program,
      names.filter(
        (name) => name[0]?.toLowerCase() === begins[0] || name.slice(0, 2) === `${begins[1]}${begins[0]}`,
      ),
    );
  }

  #searchIn(job: JobSubject): readonly UnusableProgram[] {
    const { facts } = job;
    if (facts === undefined) return none;
    let found: UnusableProgram[] | undefined;
    for (const invocation of facts.invocations) {
      const problem = this.#problemOf(invocation, job);
      if (problem === undefined || found?.some(({ program }) => program === problem.program)) continue;
      found ??= [];
      found.push(problem);
    }
    return found ?? none;
  }

  #problemOf(invocation: Invocation, job: JobSubject): UnusableProgram | undefined {
    const { name, isTolerated, isConditional } = invocation;
    const program = literalOf(name) ?? job.textOf(name);
    if (program === undefined || program === '' || isTolerated) return undefined;
    const found = program.includes('/')
      ? this.#problemOfFile(program, invocation, job)
      : this.#problemOfName(program, invocation, job);
    if (found === undefined || job.facts!.probedPrograms.has(program)) return undefined;
    if (/[\n{}*?[\]]/.test(program)) return undefined;
    return { program, ...found, isConditional, job: job.job.id, place: job.placeInCommand(name) };
  }

  #problemOfName(
    program: string,
    { name, pathChanges, folder }: Invocation,
    job: JobSubject,
  ): Pick<UnusableProgram, 'why' | 'where'> | undefined {
    // Those that plain `sh` does not have are told as bash syntax.
    if (bashBuiltinNames.has(program)) return undefined;
    const path = pathAt(pathChanges, job);
    if (path === undefined) return undefined;
    const searched = this.#searchedPath(path);
    let result = searched.isRelative ? undefined : searched.byProgram.get(program);
    if (result === undefined) {
      result = this.#search(program, path, job.folderAt(folder));
      searched.byProgram.set(program, result);
    }
    if (result === 'found') return undefined;
    const { functions, readsForeignCode } = job.facts!;
    if (functions.has(program) || readsForeignCode) return undefined;
    if (result === 'missing') {
      const makes = this.#subject.once(production);
      if (makes.mayInstall(job, name.start) || this.#mayBeMade(program, path, name.start, job))
        return undefined;
    }
    return { why: result, where: path };
  }

  #searchedPath(path: string): SearchedPath {
    const known = this.#paths.get(path);
    if (known !== undefined) return known;
    const { host } = this.#subject;
    const folders = path.split(':');
    const isRelative = folders.some((folder) => !host.isAbsolute(folder));
    let names: readonly string[] | undefined;
    const searched: SearchedPath = {
      isRelative,
      byProgram: new Map(),
      names() {
        names ??= [...new Set(folders.flatMap((folder) => host.listFolder(folder)))];
        return names;
      },
    };
    this.#paths.set(path, searched);
    return searched;
  }

  #search(program: string, path: string, folder: string | undefined): Found {
    const { world, host } = this.#subject;
    let best: 'missing' | 'not executable' = 'missing';
    for (const entry of path.split(':')) {
      const from = host.isAbsolute(entry) ? entry : folder && host.resolve(folder, entry);
      if (from === undefined) return 'found';
      const { kind, ...rights } = { isExecutable: false, ...world.lookAt(host.resolve(from, program)) };
      if (kind === 'file' && rights.isExecutable) return 'found';
      if (kind === 'other') return 'found';
      if (kind === 'file') best = 'not executable';
    }
    return best;
  }

  /** A folder of PATH that a job makes (`python3 -m venv env`) may hold the program then. */
  #mayBeMade(program: string, path: string, offset: number, job: JobSubject): boolean {
    const { host } = this.#subject;
    const makes = this.#subject.once(production);
    return path
      .split(':')
      .some(
        (folder) =>
          host.isAbsolute(folder) &&
          makes.mayMake(job, host.resolve(folder, program), { offset, isRelative: false }),
      );
  }

  #problemOfFile(
    program: string,
    { name, folder }: Invocation,
    job: JobSubject,
  ): Pick<UnusableProgram, 'why' | 'where'> | undefined {
    const { host, world } = this.#subject;
    const path = job.resolve(program, folder);
    if (path === undefined || job.facts!.probedPaths.has(program)) return undefined;
    const entry = world.lookAt(path);
    const isRelative = !host.isAbsolute(program);
    if (entry.kind !== 'missing' && entry.kind !== 'folder' && entry.isExecutable) return undefined;
    if (this.#subject.once(production).mayMake(job, path, { offset: name.start, isRelative }))
      return undefined;
    if (isInMissingFolder(path, job, this.#subject)) return undefined;
    if (isRelative && missingFolder(job, this.#subject) !== undefined) return undefined;
    const why =
      entry.kind === 'folder' ? 'a folder' : entry.kind === 'missing' ? 'missing' : 'not executable';
    return { why, where: path };
  }
}

/** The PATH that holds at a place in a command; undefined when it cannot be known. */
function pathAt(changes: PathChanges, job: JobSubject): string | undefined {
  let path = job.variable('PATH') ?? defaultPath;
  for (const change of changes) {
    if (change === undefined) return undefined;
    const before: string = path;
    const text = resolveWord(change, (name) => (name === 'PATH' ? before : job.lookUp(name)));
    if (text === undefined) return undefined;
    path = text;
  }
  return path;
}
