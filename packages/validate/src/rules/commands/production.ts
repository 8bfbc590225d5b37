import picomatch from 'picomatch';
import type { CommandFacts, Folder, Invocation } from '../../shell/commandFacts.ts';
import { isInstallation } from '../../shell/installers.ts';
import { scriptArguments } from '../../shell/interpreters.ts';
import { isOpaque, isReader } from '../../shell/programs.ts';
import { literalOf, type ShellWord } from '../../shell/word.ts';
import { isWrapper } from '../../shell/wrappers.ts';
import type { JobSubject, Subject } from '../subject.ts';

/** A place where a command looks for a path. `isRelative`: so the path was written. */
export interface Lookup {
  readonly offset: number;
  readonly isRelative: boolean;
  /** The folder that is the current one there, when the command has changed to it. */
  readonly folder?: Folder;
}

/** What the jobs of a workflow may make before a command looks for it; memoized with `Subject.once`, and fed with each job. */
export function production(subject: Subject): Production {
  return new Production(subject);
}

/**
 * Whether a path that is not there now may be there when a command reaches a place: another command, or an earlier part
 * of this one, names it or a folder above it, or makes a folder below it, `outputs` of a job match it, or it is a relative
 * path, or one in the home folder, and a program has run before of which nobody knows what it makes. What a command makes
 * itself can be told at once; what others make only when all jobs have been seen: who asks for it waits (`later`). Costs
 * the words of all commands once, if anybody asks, and then the depth of a path for a question.
 */
export class Production {
  readonly #subject: Subject;
  readonly #isOutput: (path: string) => boolean;
  readonly #logFolder: string;
  /** By the number of a job, 1: it runs a program of which nobody knows what it makes; it installs programs. */
  readonly #isOpaque: Uint8Array;
  readonly #installs: Uint8Array;
  #waiting: (() => void)[] = [];
  #everybody: Mentions | undefined;
  #own: { readonly job: JobSubject; readonly mentions: Mentions } | undefined;

  constructor(subject: Subject) {
    const { host, configuration, jobs } = subject;
    this.#subject = subject;
    this.#isOutput = outputMatcher(subject);
    this.#logFolder = host.resolve(configuration.workingDir, configuration.logDir);
    this.#isOpaque = new Uint8Array(jobs.length);
    this.#installs = new Uint8Array(jobs.length);
  }

  see(job: JobSubject): void {
    const { facts, number } = job;
    if (job.job.command === '') return;
    if (runsOpaqueProgram(facts)) this.#isOpaque[number] = 1;
    if (facts?.invocations.some(isInstaller) === true) this.#installs[number] = 1;
  }

  /** Calls `ask` when all jobs have been seen. */
  later(ask: () => void): void {
    this.#waiting.push(ask);
  }

  /** All jobs have been seen. */
  end(): void {
    for (const ask of this.#waiting) ask();
    this.#waiting = [];
  }

  /** The part of the answer that hangs on the job alone. */
  isMadeByItself(job: JobSubject, path: string, { offset, isRelative }: Lookup): boolean {
    if (isBelow(path, this.#logFolder) || this.#isOutput(path)) return true;
    if ((isRelative || isPrivate(path, job)) && hasOpaqueBefore(job, offset)) return true;
    if (this.#own?.job !== job) {
      this.#own = { job, mentions: new Mentions(this.#subject) };
      this.#own.mentions.add(job);
    }
    return this.#own.mentions.mayMake(path, job, offset);
  }

  /** The other part. To be asked when all jobs have been seen. */
  isMadeByOthers(job: JobSubject, path: string, { offset, isRelative }: Lookup): boolean {
    const isHidden = isRelative || isPrivate(path, job);
    if (isHidden && this.#subject.once(jobsAfterOpaque).has(job.number)) return true;
    this.#everybody ??= mentionsOfAll(this.#subject);
    return this.#everybody.mayMake(path, job, offset);
  }

  /** Whether a folder that a job starts in is made by then. To be asked when all jobs have been seen. */
  isFolderMade(job: JobSubject, folder: string): boolean {
    if (isBelow(folder, this.#logFolder) || this.#isOutput(folder)) return true;
    return this.isMadeByOthers(job, folder, { offset: -1, isRelative: false });
  }

  /** Whether programs are installed (`pip install`, `apt-get install`) before the command of `job` reaches `offset`. */
  installsItself(job: JobSubject, offset: number): boolean {
    return job.facts!.invocations.some((one) => one.name.start < offset && isInstaller(one));
  }

  /** Whether a job before this one does. To be asked when all jobs have been seen. */
  isInstalledByOthers(job: JobSubject): boolean {
    return this.#subject.once(jobsAfterInstallation).has(job.number);
  }

  /** The numbers of the jobs that run after an opaque program, or after an installation. */
  jobsAfter(what: 'opaque' | 'installation'): ReadonlySet<number> {
    return jobsAfter(this.#subject, what === 'opaque' ? this.#isOpaque : this.#installs);
  }
}

/** In the home folder or one for temporary files, where many programs put what they do not name. */
function isPrivate(path: string, job: JobSubject): boolean {
  const home = job.variable('HOME');
  return /^\/(?:var\/)?tmp\//.test(path) || (home !== undefined && home.length > 1 && isBelow(path, home));
}

function mentionsOfAll(subject: Subject): Mentions {
  const mentions = new Mentions(subject);
  for (const job of subject.jobs) {
    mentions.add(job);
    job.forget();
  }
  return mentions;
}

/** Which job names a path first, where it does so first, and whether another one does too: more is never asked. */
interface Mention {
  readonly job: number;
  offset: number;
  isShared: boolean;
}

/** Every path that commands name in a way that might make it: not what they run, read from or change to. */
class Mentions {
  readonly #subject: Subject;
  readonly #byPath = new Map<string, Mention>();
  /** The folders above paths that a program names which makes these too (`mkdir -p`), or may. */
  readonly #madeFolders = new Map<string, Mention>();

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  mayMake(path: string, job: JobSubject, offset: number): boolean {
    const { folderOf } = this.#subject.host;
    if (isBefore(this.#madeFolders.get(path), job, offset)) return true;
    const folder = job.folder ?? '/';
    for (let above = path; ; above = folderOf(above)) {
      if (isBefore(this.#byPath.get(above), job, offset)) return true;
      const next = folderOf(above);
      // The folder that a job starts in, and those above it, are named without being made.
      if (next === above || isBelow(folder, next)) return false;
    }
  }

  add(job: JobSubject): void {
    const { facts } = job;
    if (facts === undefined) return;
    for (const { name, args, folder } of facts.invocations) {
      const program = baseName(literalOf(name) ?? '');
      if (program === 'cd' || isReader(program) || isWrapper(program)) continue;
      const scripts = scriptArguments(program, args);
      const makesFolders = program === 'mkdir' || program === 'install' || isOpaque(program);
      for (const word of args) {
        if (!scripts.some((script) => script.word === word)) this.#note(word, folder, makesFolders, job);
      }
    }
    for (const { kind, target, folder } of facts.redirections)
      if (kind === 'write') this.#note(target, folder, false, job);
  }

  #note(word: ShellWord, folder: Folder, makesFolders: boolean, job: JobSubject): void {
    const text = job.textOf(word);
    if (text === undefined || text === '') return;
    // `--output=x` and `of=x` name x; an option without a value names nothing.
    const value = text.indexOf('=') + 1;
    if (value > 0 && value < text.length) this.#notePath(text.slice(value), word, folder, makesFolders, job);
    if (!text.startsWith('-')) this.#notePath(text, word, folder, makesFolders, job);
  }

  #notePath(written: string, word: ShellWord, folder: Folder, makesFolders: boolean, job: JobSubject): void {
    const path = job.resolve(written, folder);
    // That the job has started shows that its folder is there: a word such as `.` makes nothing.
    if (path === undefined || (job.folder !== undefined && isBelow(job.folder, path))) return;
    noteIn(this.#byPath, path, job, word.start);
    if (!makesFolders) return;
    // A path inside the folder that the job starts in takes that folder for granted.
    const { folderOf } = this.#subject.host;
    const start = job.folder ?? '/';
    for (let above = folderOf(path); !isBelow(start, above); above = folderOf(above)) {
      noteIn(this.#madeFolders, above, job, word.start);
    }
  }
}

function noteIn(mentions: Map<string, Mention>, path: string, { number }: JobSubject, offset: number): void {
  const known = mentions.get(path);
  if (known === undefined) mentions.set(path, { job: number, offset, isShared: false });
  else if (known.job !== number) known.isShared = true;
  else if (offset < known.offset) known.offset = offset;
}

function isBefore(mention: Mention | undefined, { number }: JobSubject, offset: number): boolean {
  if (mention === undefined) return false;
  return mention.isShared || mention.job !== number || mention.offset < offset;
}

function outputMatcher({ jobs, host }: Subject): (path: string) => boolean {
  const patterns: string[] = [];
  for (const { job, folder } of jobs.filter((one) => one.job.outputs.length > 0)) {
    if (folder === undefined) continue;
    for (const output of job.outputs)
      patterns.push(host.isAbsolute(output) ? output : host.resolve(folder, output));
  }
  if (patterns.length === 0) return () => false;
  const exact = new Set(patterns);
  const matches = picomatch(patterns, { dot: true });
  return (path) =>
    exact.has(path) || matches(path) || patterns.some((pattern) => pattern.startsWith(`${path}/`));
}

function jobsAfterOpaque(subject: Subject): ReadonlySet<number> {
  return subject.once(production).jobsAfter('opaque');
}

function jobsAfterInstallation(subject: Subject): ReadonlySet<number> {
  return subject.once(production).jobsAfter('installation');
}

function isInstaller({ name, args }: Invocation): boolean {
  const program = literalOf(name);
  return program !== undefined && isInstallation(baseName(program), args);
}

/** The numbers of the jobs that run after one that is marked; without an order, all of them. */
function jobsAfter({ dag, jobs }: Subject, isMarked: Uint8Array): ReadonlySet<number> {
  const after = new Set<number>();
  if (dag === undefined) {
    if (isMarked.includes(1)) for (const { number } of jobs) after.add(number);
    return after;
  }
  const { offsets, values } = dag.dependencies;
  for (const job of dag.order) {
    for (let k = offsets[job]!; k < offsets[job + 1]!; k++) {
      const dependency = values[k]!;
      if (isMarked[dependency] === 1 || after.has(dependency)) after.add(job);
    }
  }
  return after;
}

function hasOpaqueBefore({ facts }: JobSubject, offset: number): boolean {
  return (
    facts?.invocations.some((one) => one.name.start < offset && isOpaqueInvocation(one, facts, offset)) ??
    true
  );
}

function runsOpaqueProgram(facts: CommandFacts | undefined): boolean {
  return facts === undefined || facts.invocations.some((one) => isOpaqueInvocation(one, facts, Infinity));
}

/** `before`: an invocation whose own arguments reach beyond it is the one that asks. */
function isOpaqueInvocation({ name, args }: Invocation, facts: CommandFacts, before: number): boolean {
  const program = literalOf(name);
  if ((args.at(-1)?.end ?? name.end) > before) return false;
  if (program === undefined) return true;
  return !facts.functions.has(program) && !isWrapper(baseName(program)) && isOpaque(baseName(program));
}

function baseName(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1);
}

export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
