import picomatch from 'picomatch';
import type { CommandFacts, Folder, Invocation } from '../../shell/commandFacts.ts';
import { isInstallation } from '../../shell/installers.ts';
import { scriptArguments } from '../../shell/interpreters.ts';
import { isOpaque } from '../../shell/programs.ts';
import { literalOf, type ShellWord } from '../../shell/word.ts';
import { isWrapper } from '../../shell/wrappers.ts';
import type { JobSubject, Subject } from '../subject.ts';

/** What the jobs of a workflow may make before a command looks for it. */
export interface Production {
  /**
   * Whether a path that is not there now may be there when the command of `job` reaches `offset`: another command, or
   * an earlier part of this one, names it or a folder above it, or makes a folder below it, `outputs` of a job match it, or it is a
   * relative path, or one in the home folder, and a program has run before of which nobody knows what it makes. `isRelative`: so the path was written.
   */
  mayMake(
    job: JobSubject,
    path: string,
    at: { readonly offset: number; readonly isRelative: boolean },
  ): boolean;
  /** Whether programs are installed (`pip install`, `apt-get install`) before the command of `job` reaches `offset`. */
  mayInstall(job: JobSubject, offset: number): boolean;
}

/** Memoized with `Subject.once`. Costs the words of all commands once, and then the depth of a path for a question. */
export function production(subject: Subject): Production {
  let everybody: Mentions | undefined;
  const isOutput = outputMatcher(subject);
  const logFolder = subject.host.resolve(subject.configuration.workingDir, subject.configuration.logDir);
  return {
    mayMake(job, path, { offset, isRelative }) {
      if (isBelow(path, logFolder) || isOutput(path)) return true;
      if (
        (isRelative || isPrivate(path, job)) &&
        (hasOpaqueBefore(job, offset) || subject.once(jobsAfterOpaque).has(job.number))
      )
        return true;
      // Most commands make what they need themselves, so that the others need not be looked at.
      const own = new Mentions(subject);
      own.add(job);
      if (own.mayMake(path, job, offset)) return true;
      everybody ??= mentionsOfAll(subject);
      return everybody.mayMake(path, job, offset);
    },
    mayInstall: (job, offset) =>
      job.facts!.invocations.some((one) => one.name.start < offset && isInstaller(one)) ||
      subject.once(jobsAfterInstallation).has(job.number),
  };
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
      if (program === 'cd' || program === 'test' || program === '[' || isWrapper(program)) continue;
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
  const patterns = jobs.flatMap((job) =>
    job.job.outputs.flatMap((output) => {
      const folder = job.folder;
      return folder === undefined ? [] : [host.isAbsolute(output) ? output : host.resolve(folder, output)];
    }),
  );
  if (patterns.length === 0) return () => false;
  const exact = new Set(patterns);
  const matches = picomatch(patterns, { dot: true });
  return (path) =>
    exact.has(path) || matches(path) || patterns.some((pattern) => pattern.startsWith(`${path}/`));
}

/** The jobs before which a program may have run of which nobody knows what it makes, by number. */
function jobsAfterOpaque(subject: Subject): ReadonlySet<number> {
  return jobsAfter(subject, ({ facts }) => runsOpaqueProgram(facts));
}

function jobsAfterInstallation(subject: Subject): ReadonlySet<number> {
  return jobsAfter(subject, ({ facts }) => facts?.invocations.some(isInstaller) === true);
}

function isInstaller({ name, args }: Invocation): boolean {
  return isInstallation(baseName(literalOf(name) ?? ''), args);
}

/** The numbers of the jobs that run after one of which something is true; without an order, all of them. */
function jobsAfter({ dag, jobs }: Subject, isTrue: (job: JobSubject) => boolean): ReadonlySet<number> {
  const after = new Set<number>();
  const isTrueOf = jobs.map((job) => {
    const answer = job.job.command !== '' && isTrue(job);
    job.forget();
    return answer;
  });
  if (dag === undefined) {
    if (isTrueOf.includes(true)) for (const { number } of jobs) after.add(number);
    return after;
  }
  const { offsets, values } = dag.dependencies;
  for (const job of dag.order) {
    for (let k = offsets[job]!; k < offsets[job + 1]!; k++) {
      const dependency = values[k]!;
      if (isTrueOf[dependency] === true || after.has(dependency)) after.add(job);
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
