import picomatch from 'picomatch';
import type { CommandFacts, Folder, Invocation } from '../../shell/commandFacts.ts';
import { isInstallation } from '../../shell/installers.ts';
import { type ScriptArgument, scriptArguments } from '../../shell/interpreters.ts';
import { literalOf, type ShellWord } from '../../shell/word.ts';
import type { JobCheck } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';

/** A place where a command looks for a path. `isRelative`: so the path was written. */
export interface Lookup {
  readonly offset: number;
  readonly isRelative: boolean;
  /** The folder that is the current one there, when the command has changed to it. */
  readonly folder?: Folder;
}

/** What the jobs of a workflow may make before a command looks for it; kept with `Subject.gather`. */
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
export class Production implements JobCheck {
  readonly #subject: Subject;
  readonly #isOutput: (path: string) => boolean;
  readonly #logFolder: string;
  /** By the number of a job, 1: it runs a program of which nobody knows what it makes; it installs programs. */
  readonly #isOpaque: Uint8Array;
  readonly #installs: Uint8Array;
  #waiting: (() => void)[] = [];
  /** What all jobs mention: noted from the first question on. Those before it are read again at the end. */
  #everybody: Mentions | undefined;
  #unread: readonly JobSubject[] = [];
  #seen = 0;
  #own: { readonly job: JobSubject; readonly mentions: Mentions } | undefined;

  constructor(subject: Subject) {
    const { host, configuration, jobs } = subject;
    this.#subject = subject;
    this.#isOutput = outputMatcher(subject);
    this.#logFolder = host.resolve(configuration.workingDir, configuration.logDir);
    this.#isOpaque = new Uint8Array(jobs.length);
    this.#installs = new Uint8Array(jobs.length);
  }

  job(job: JobSubject): void {
    const { facts, number } = job;
    this.#seen++;
    if (job.job.command === '') return;
    if (facts === undefined) this.#isOpaque[number] = 1;
    for (const invocation of facts?.invocations ?? none) {
      if (isOpaqueInvocation(invocation, facts!, Infinity)) this.#isOpaque[number] = 1;
      if (isInstaller(invocation)) this.#installs[number] = 1;
    }
    this.#everybody?.add(job);
  }

  /** Calls `ask` when all jobs have been seen. */
  later(ask: () => void): void {
    this.#waiting.push(ask);
    this.#noteFromHere();
  }

  #noteFromHere(): Mentions {
    if (this.#everybody === undefined) {
      this.#everybody = new Mentions(this.#subject, 'all');
      this.#unread = this.#subject.jobs.slice(0, this.#seen);
    }
    return this.#everybody;
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
      this.#own = { job, mentions: new Mentions(this.#subject, 'own') };
      this.#own.mentions.add(job);
    }
    return this.#own.mentions.mayMake(path, job, (at) => at < offset);
  }

  /** The other part. To be asked when all jobs have been seen. */
  isMadeByOthers(job: JobSubject, path: string, { isRelative }: Pick<Lookup, 'isRelative'>): boolean {
    const isHidden = isRelative || isPrivate(path, job);
    if (isHidden && this.#subject.once(jobsAfterOpaque).has(job.number)) return true;
    return this.#mentionsOfAll().mayMake(path, job, (other) => other !== job.number);
  }

  #mentionsOfAll(): Mentions {
    const mentions = this.#noteFromHere();
    for (const job of this.#unread) {
      mentions.add(job);
      job.forget();
    }
    this.#unread = [];
    return mentions;
  }

  /** Whether a folder that a job starts in is made by then. To be asked when all jobs have been seen. */
  isFolderMade(job: JobSubject, folder: string): boolean {
    if (isBelow(folder, this.#logFolder) || this.#isOutput(folder)) return true;
    return this.isMadeByOthers(job, folder, { isRelative: false });
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

const none: readonly never[] = [];

/** In the home folder or one for temporary files, where many programs put what they do not name. */
function isPrivate(path: string, job: JobSubject): boolean {
  const home = job.variable('HOME');
  return /^\/(?:var\/)?tmp\//.test(path) || (home !== undefined && home.length > 1 && isBelow(path, home));
}

/** Every path that the commands of some jobs name in a way that might make it: not what they run, read from or change to. */
class Mentions {
  readonly #subject: Subject;
  /** By path: where the command names it first, for the mentions of one job; which job names it, for those of all. */
  readonly #byPath = new Map<string, number>();
  /** The same for names without a slash, by the folder that they lie in: most words are such, and no path is made of them. */
  readonly #byName = new Map<string, Map<string, number>>();
  /** The folders above paths that a program names which makes these too (`mkdir -p`), or may. */
  readonly #madeFolders = new Map<string, number>();
  readonly #note: (mentions: Map<string, number>, path: string, job: JobSubject, offset: number) => void;

  constructor(subject: Subject, whose: 'own' | 'all') {
    this.#subject = subject;
    this.#note = whose === 'own' ? noteOffset : noteJob;
  }

  /** Whether `counts` says so of the number that is kept for the path, or for a folder above it. */
  mayMake(path: string, job: JobSubject, counts: (noted: number) => boolean): boolean {
    const { folderOf, nameOf } = this.#subject.host;
    const holds = (noted: number | undefined) => noted !== undefined && counts(noted);
    if (holds(this.#madeFolders.get(path))) return true;
    const folder = job.folder ?? '/';
    for (let above = path; ; above = folderOf(above)) {
      const next = folderOf(above);
      if (holds(this.#byPath.get(above)) || holds(this.#byName.get(next)?.get(nameOf(above)))) return true;
      // The folder that a job starts in, and those above it, are named without being made.
      if (next === above || isBelow(folder, next)) return false;
    }
  }

  add(job: JobSubject): void {
    const { facts } = job;
    if (facts === undefined) return;
    for (const { program, args, folder } of facts.invocations) {
      if (program?.baseName === 'cd' || program?.isReader === true || program?.isWrapper === true) continue;
      const scripts = scriptArguments(program?.scriptUse, args);
      const makesFolders = program === undefined || program.isOpaque || isFolderMaker(program.baseName);
      for (const word of args) {
        if (!isAmong(scripts, word)) this.#noteWord(word, folder, makesFolders, job);
      }
    }
    for (const { kind, target, folder } of facts.redirections)
      if (kind === 'write') this.#noteWord(target, folder, false, job);
  }

  #noteWord(word: ShellWord, folder: Folder, makesFolders: boolean, job: JobSubject): void {
    const text = job.textOf(word);
    if (text === undefined || text === '') return;
    // `--output=x` and `of=x` name x; an option without a value names nothing.
    const value = text.indexOf('=') + 1;
    if (value > 0 && value < text.length) this.#notePath(text.slice(value), word, folder, makesFolders, job);
    if (!text.startsWith('-')) this.#notePath(text, word, folder, makesFolders, job);
  }

  #notePath(written: string, word: ShellWord, folder: Folder, makesFolders: boolean, job: JobSubject): void {
    if (folder?.length === 0 && job.folder !== undefined && isName(written)) {
      this.#note(this.#namesIn(job.folder), written, job, word.start);
      return;
    }
    const path = job.resolve(written, folder);
    // That the job has started shows that its folder is there: a word such as `.` makes nothing.
    if (path === undefined || (job.folder !== undefined && isBelow(job.folder, path))) return;
    this.#note(this.#byPath, path, job, word.start);
    if (!makesFolders) return;
    // A path inside the folder that the job starts in takes that folder for granted.
    const { folderOf } = this.#subject.host;
    const start = job.folder ?? '/';
    for (let above = folderOf(path); !isBelow(start, above); above = folderOf(above)) {
      this.#note(this.#madeFolders, above, job, word.start);
    }
  }

  #namesIn(folder: string): Map<string, number> {
    let names = this.#byName.get(folder);
    if (names === undefined) {
      names = new Map();
      this.#byName.set(folder, names);
    }
    return names;
  }
}

function isName(written: string): boolean {
  return !written.includes('/') && written !== '.' && written !== '..';
}

function noteOffset(mentions: Map<string, number>, path: string, _job: JobSubject, offset: number): void {
  const known = mentions.get(path);
  if (known === undefined || offset < known) mentions.set(path, offset);
}

/** Stands for more than one job: more is never asked. */
const severalJobs = -1;

function noteJob(mentions: Map<string, number>, path: string, { number }: JobSubject): void {
  const known = mentions.get(path);
  if (known === undefined) mentions.set(path, number);
  else if (known !== number && known !== severalJobs) mentions.set(path, severalJobs);
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

function isAmong(scripts: readonly ScriptArgument[], word: ShellWord): boolean {
  for (const script of scripts) if (script.word === word) return true;
  return false;
}

function isFolderMaker(program: string): boolean {
  return program === 'mkdir' || program === 'install';
}

function isInstaller({ program, args }: Invocation): boolean {
  return program !== undefined && isInstallation(program.installerWords, args);
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

/** `before`: an invocation whose own arguments reach beyond it is the one that asks. */
function isOpaqueInvocation(
  { name, program, args }: Invocation,
  facts: CommandFacts,
  before: number,
): boolean {
  if ((args.at(-1)?.end ?? name.end) > before) return false;
  if (program === undefined) return true;
  return program.isOpaque && !program.isWrapper && !facts.functions.has(literalOf(name)!);
}

export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
