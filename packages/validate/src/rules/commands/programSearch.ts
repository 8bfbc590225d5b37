import { nearest } from '@executioner/core';
import type { Invocation, PathChanges } from '../../shell/commandFacts.ts';
import { bashBuiltinNames } from '../../shell/programs.ts';
import { literalOf, resolveWord } from '../../shell/word.ts';
import { brokenPaths, hasStandardFolder } from '../environment/systemVariable.ts';
import type { Occurrence } from '../grouping.ts';
import type { JobCheck } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';
import { production } from './production.ts';
import { unlessMade } from './workingFolder.ts';

/** A program that cannot be started. */
export interface UnusableProgram extends Occurrence {
  readonly program: string;
  readonly why: 'missing' | 'not executable' | 'a folder';
  /** Where it was looked for, or the file itself. */
  readonly where: string;
  readonly isConditional: boolean;
  /** A function of the command with a similar name. */
  readonly similarFunction: string | undefined;
}

/** What a shell searches when there is no PATH (dash and bash agree on these). */
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The search that all rules share, kept with `Subject.gather`. */
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
export class ProgramSearch implements JobCheck {
  /** The programs that cannot be started here, by job; complete when all jobs have been seen. */
  readonly unusable: UnusableProgram[] = [];
  readonly #subject: Subject;
  readonly #paths = new Map<string, SearchedPath>();

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  job(job: JobSubject): void {
    for (const invocation of job.facts?.invocations ?? none) this.#look(invocation, job);
  }

  /** The nearest name of a program in the folders of a PATH. */
  similar(program: string, path: string): string | undefined {
    // Slips seldom hit the first letter, and there are many programs: `rsync` is no slip for `sync`.
    const begins = program.slice(0, 2).toLowerCase();
    const names = this.#searchedPath(path).names();
    // Of two or three letters one less is another word: `aws` is no slip for `as`, `gti` is one for `git`.
    if (program.length <= 3) return names.find((name) => isSlip(program, name));
    return nearest(
      program,
      names.filter(
        (name) => name[0]?.toLowerCase() === begins[0] || name.slice(0, 2) === `${begins[1]}${begins[0]}`,
      ),
    );
  }

  #look(invocation: Invocation, job: JobSubject): void {
    const { name, isTolerated } = invocation;
    const program = literalOf(name) ?? job.textOf(name);
    if (program === undefined || program === '' || isTolerated) return;
    // Behind a syntax error what looks like a program may be none.
    const [problem] = job.facts!.problems;
    if (problem !== undefined && name.start >= problem.start) return;
    if (program.includes('/')) this.#lookAtFile(program, invocation, job);
    else this.#lookForName(program, invocation, job);
  }

  /** Notes a program, once for each job. */
  #note(program: string, { name, isConditional }: Invocation, job: JobSubject, how: How): void {
    for (let index = this.unusable.length - 1; index >= 0; index--) {
      const one = this.unusable[index]!;
      if (one.job !== job.job.id) break;
      if (one.program === program) return;
    }
    this.unusable.push({
      program,
      ...how,
      isConditional,
      job: job.job.id,
      place: job.placeInCommand(name),
    });
  }

  #lookForName(program: string, invocation: Invocation, job: JobSubject): void {
    // Those that plain `sh` does not have are told as bash syntax.
    if (bashBuiltinNames.has(program)) return;
    const { name, pathChanges, folder } = invocation;
    const path = pathAt(pathChanges, job);
    if (path === undefined) return;
    const searched = this.#searchedPath(path);
    let result = searched.isRelative ? undefined : searched.byProgram.get(program);
    if (result === undefined) {
      result = this.#search(program, path, job.folderAt(folder));
      searched.byProgram.set(program, result);
    }
    if (result === 'found' || isAskedFor(program, job)) return;
    const { functions, readsForeignCode } = job.facts!;
    if (functions.has(program) || readsForeignCode) return;
    const makes = this.#subject.once(production);
    if (result === 'missing' && this.#isLostWithPath(program, path)) return;
    const how = { why: result, where: path, similarFunction: nearest(program, functions) };
    if (result === 'not executable') {
      makes.later(() => this.#note(program, invocation, job, how));
      return;
    }
    const lookup = { offset: name.start, isRelative: false };
    const places = this.#placesIn(path, program);
    if (makes.installsItself(job, name.start)) return;
    if (places.some((place) => makes.isMadeByItself(job, place, lookup))) return;
    makes.later(() => {
      if (makes.isInstalledByOthers(job)) return;
      // A folder of PATH that a job makes (`python3 -m venv env`) may hold the program then.
      if (!places.some((place) => makes.isMadeByOthers(job, place, lookup)))
        this.#note(program, invocation, job, how);
    });
  }

  /** That a PATH holds none of the standard programs has been told: that each of them is missing then is no mistake of its own. */
  #isLostWithPath(program: string, path: string): boolean {
    if (!this.#subject.once(brokenPaths).isTold || hasStandardFolder(path)) return false;
    return this.#search(program, defaultPath, undefined) !== 'missing';
  }

  #placesIn(path: string, program: string): string[] {
    const { host } = this.#subject;
    return path
      .split(':')
      .filter((folder) => host.isAbsolute(folder))
      .map((folder) => host.resolve(folder, program));
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
      const found = world.lookAt(host.resolve(from, program));
      if (found.kind === 'other' || (found.kind === 'file' && found.isExecutable)) return 'found';
      if (found.kind === 'file') best = 'not executable';
    }
    return best;
  }

  #lookAtFile(program: string, invocation: Invocation, job: JobSubject): void {
    const { host, world } = this.#subject;
    const { name, folder } = invocation;
    const path = job.resolve(program, folder);
    if (path === undefined || job.facts!.probedPaths.has(program) || isAskedFor(program, job)) return;
    const entry = world.lookAt(path);
    if (entry.kind !== 'missing' && entry.kind !== 'folder' && entry.isExecutable) return;
    const why =
      entry.kind === 'folder' ? 'a folder' : entry.kind === 'missing' ? 'missing' : 'not executable';
    const lookup = { offset: name.start, isRelative: !host.isAbsolute(program), folder };
    unlessMade(job, path, lookup, this.#subject, () =>
      this.#note(program, invocation, job, { why, where: path, similarFunction: undefined }),
    );
  }
}

/** Whether a short name is another one with its letters in another order, or with one of them twice. */
function isSlip(program: string, name: string): boolean {
  const letters = (text: string) => [...text].sort().join('');
  return letters(program) === letters(name) || program.replace(/(.)\1/, '$1') === name;
}

/** How a program cannot be started. */
type How = Pick<UnusableProgram, 'why' | 'where' | 'similarFunction'>;

/** Asked for by the command itself, or no name that can be looked for. */
function isAskedFor(program: string, job: JobSubject): boolean {
  return job.facts!.probedPrograms.has(program) || /[\n{}*?[\]]/.test(program);
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
