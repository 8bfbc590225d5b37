import picomatch from 'picomatch';
import type { CommandFacts, Folder, Invocation } from '../../shell/commandFacts.ts';
import { scriptArguments } from '../../shell/interpreters.ts';
import { isOpaque } from '../../shell/programs.ts';
import { literalOf, type ShellWord } from '../../shell/word.ts';
import { isWrapper } from '../../shell/wrappers.ts';
import type { JobSubject, Subject } from '../subject.ts';

/** What the jobs of a workflow may make before a command looks for it. */
export interface Production {
  /**
   * Whether a path that is not there now may be there when the command of `job` reaches `offset`: another command, or
   * an earlier part of this one, names it or a folder above it, or makes a folder below it, `outputs` of a job match it, or it is a relative path
   * and a program has run before of which nobody knows what it makes. `isRelative`: so the path was written.
   */
  mayMake(
    job: JobSubject,
    path: string,
    at: { readonly offset: number; readonly isRelative: boolean },
  ): boolean;
}

/** Memoized with `Subject.once`. Costs the words of all commands once, and then the depth of a path for a question. */
export function production(subject: Subject): Production {
  const mentions = new Map<string, Mention[]>();
  const madeFolders = new Map<string, Mention[]>();
  const { folderOf } = subject.host;
  for (const job of subject.jobs) {
    for (const mention of mentionsOf(job)) {
      addTo(mentions, mention);
      if (!mention.makesFolders) continue;
      // A path inside the folder that the job starts in takes that folder for granted.
      const start = job.folder ?? '/';
      for (let path = folderOf(mention.path); !isBelow(start, path); path = folderOf(path)) {
        addTo(madeFolders, { ...mention, path });
      }
    }
  }
  const isOutput = outputMatcher(subject);
  const logFolder = subject.host.resolve(subject.configuration.workingDir, subject.configuration.logDir);
  const foreign = jobsAfterOpaque(subject);
  return {
    mayMake(job, path, { offset, isRelative }) {
      if (isBelow(path, logFolder) || isOutput(path)) return true;
      if (isRelative && (foreign.has(job.number) || hasOpaqueBefore(job, offset))) return true;
      const isBefore = (mention: Mention) => mention.job !== job.number || mention.offset < offset;
      if (madeFolders.get(path)?.some(isBefore)) return true;
      const folder = job.folder ?? '/';
      for (let above = path; ; above = folderOf(above)) {
        if (mentions.get(above)?.some(isBefore)) return true;
        const next = folderOf(above);
        // The folder that a job starts in, and those above it, are named without being made.
        if (next === above || isBelow(folder, next)) return false;
      }
    },
  };
}

interface Mention {
  readonly path: string;
  readonly job: number;
  readonly offset: number;
  /** By a program that makes the folders above it too (`mkdir -p`), or of which nobody knows what it makes. */
  readonly makesFolders: boolean;
}

function addTo(mentions: Map<string, Mention[]>, mention: Mention): void {
  const known = mentions.get(mention.path);
  if (known === undefined) mentions.set(mention.path, [mention]);
  else known.push(mention);
}

/** Every path that a command names in a way that might make it: not what it runs, reads from or changes to. */
function mentionsOf(job: JobSubject): Mention[] {
  const { facts } = job;
  if (facts === undefined) return [];
  const found: Mention[] = [];
  const notePath = (written: string, word: ShellWord, folder: Folder, makesFolders: boolean): void => {
    const path = job.resolve(written, folder);
    // That the job has started shows that its folder is there: a word such as `.` makes nothing.
    if (path === undefined || (job.folder !== undefined && isBelow(job.folder, path))) return;
    found.push({ path, job: job.number, offset: word.start, makesFolders });
  };
  const note = (word: ShellWord, folder: Folder, makesFolders: boolean): void => {
    const text = job.textOf(word);
    if (text === undefined || text === '') return;
    // `--output=x` and `of=x` name x; an option without a value names nothing.
    const value = text.indexOf('=') + 1;
    if (value > 0 && value < text.length) notePath(text.slice(value), word, folder, makesFolders);
    if (!text.startsWith('-')) notePath(text, word, folder, makesFolders);
  };
  for (const { name, args, folder } of facts.invocations) {
    const program = literalOf(name) ?? '';
    if (program === 'cd' || program === 'test' || program === '[' || isWrapper(program)) continue;
    const scripts = scriptArguments(baseName(program), args).map(({ word }) => word);
    const makesFolders = program === 'mkdir' || program === 'install' || isOpaque(baseName(program));
    for (const word of args) if (!scripts.includes(word)) note(word, folder, makesFolders);
  }
  for (const { kind, target, folder } of facts.redirections)
    if (kind === 'write') note(target, folder, false);
  return found;
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

/** The numbers of jobs before which a program may have run of which nobody knows what it makes. */
function jobsAfterOpaque({ dag, jobs }: Subject): ReadonlySet<number> {
  const after = new Set<number>();
  const runsOpaque = jobs.map((job) => job.job.command !== '' && runsOpaqueProgram(job.facts));
  if (dag === undefined) {
    if (runsOpaque.some((runs) => runs)) for (const { number } of jobs) after.add(number);
    return after;
  }
  const { offsets, values } = dag.dependencies;
  for (const job of dag.order) {
    for (let k = offsets[job]!; k < offsets[job + 1]!; k++) {
      const dependency = values[k]!;
      if (runsOpaque[dependency] === true || after.has(dependency)) after.add(job);
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
  return !facts.functions.has(program) && !isWrapper(program) && isOpaque(baseName(program));
}

function baseName(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1);
}

export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
