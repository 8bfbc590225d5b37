import {
  type Configuration,
  type ConfigurationHost,
  type Dag,
  type Environment,
  type EnvironmentProblem,
  type EnvLayer,
  interpolate,
  type Job,
  type JobEnvironments,
  jobEnvironments,
  type LoadResult,
  type Origin,
  type ParsedDocument,
  type ResolvedEnvironment,
  type ValidLoad,
} from '@executioner/core';
import type { CommandFacts, Dialect, Folder, Redirection } from '../shell/commandFacts.ts';
import { readPlainCommand } from '../shell/plainReader.ts';
import { dialectOf, parseCommand } from '../shell/readCommand.ts';
import { literalOf, resolveWord, type ShellWord } from '../shell/word.ts';
import type { World } from '../world/world.ts';
import type { FindingPlace } from './findingPlace.ts';
import type { JobCheck } from './rule.ts';

export interface SubjectOptions {
  readonly host: ConfigurationHost;
  readonly world: World;
  /** The environment that jobs may inherit from. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What `--env` will set. */
  readonly variables: Environment;
  /** Whether the author of the file does not want to hear of a code (or the number of ShellCheck) at a place. */
  readonly isIgnored: (codes: readonly string[], place: FindingPlace) => boolean;
}

const mostKept = 1_000;

/** A configuration with all that rules ask about it. What is costly is computed at the first question. */
export class Subject {
  readonly configuration: Configuration;
  /** Absent when jobs depend on each other in a circle. */
  readonly dag: Dag | undefined;
  readonly jobs: readonly JobSubject[];
  readonly documents: ReadonlyMap<string, ParsedDocument>;
  readonly host: ConfigurationHost;
  readonly world: World;
  readonly options: SubjectOptions;
  /** Undefined for a draft: some questions need a configuration without errors. */
  readonly valid: ValidLoad | undefined;
  /** What is gathered from the jobs, in the order in which it was asked for. */
  readonly gatherers: JobCheck[] = [];
  readonly #whereIs: ValidLoad['whereIs'];
  readonly #memory = new Map<unknown, unknown>();
  readonly #folders = new Map<string, string>();
  readonly #parsed = new Map<string, CommandFacts>();

  constructor(
    load: LoadResult,
    { configuration, dag, whereIs }: Pick<ValidLoad, 'configuration' | 'whereIs'> & { readonly dag?: Dag },
    options: SubjectOptions,
  ) {
    this.configuration = configuration;
    this.dag = dag;
    this.documents = load.documents;
    this.valid = load.state === 'valid' ? load : undefined;
    this.#whereIs = whereIs;
    this.options = options;
    this.host = options.host;
    this.world = options.world;
    const environments = jobEnvironments(configuration, options);
    this.jobs = configuration.jobs.map((job, number) => new JobSubject(job, number, this, environments));
  }

  /** What `compute` makes of this subject, computed once for all rules that ask for it. */
  once<T>(compute: (subject: Subject) => T): T {
    if (!this.#memory.has(compute)) this.#memory.set(compute, compute(this));
    return this.#memory.get(compute) as T;
  }

  /**
   * The same for what is gathered from the jobs: it is shown each of them once, before the rules are, and is complete when
   * all have been seen.
   */
  gather<T extends JobCheck>(make: (subject: Subject) => T): T {
    const isNew = !this.#memory.has(make);
    const gathered = this.once(make);
    if (isNew) this.gatherers.push(gathered);
    return gathered;
  }

  /** Where a value of a job is written: in the job or its template; the job when it is nowhere. */
  whereIs(job: Job, ...path: (string | number)[]): Origin {
    return this.#whereIs(job.id, ...path) ?? job.origin;
  }

  /** Whether the job or a template of it says this key itself. */
  says(job: Job, key: string): boolean {
    return this.#whereIs(job.id, key)?.path.at(-1) === key;
  }

  /** The place of a key at the top of the configuration. */
  setting(...path: (string | number)[]): FindingPlace {
    return { origin: { file: this.configuration.file, path } };
  }

  /** A folder that hangs on no variable, absolute; jobs share few of them. */
  plainFolder(written: string): string {
    let folder = this.#folders.get(written);
    if (folder === undefined) {
      folder = this.host.resolve(this.configuration.workingDir, written);
      this.#folders.set(written, folder);
    }
    return folder;
  }

  /**
   * The facts of a command; what takes the parser is kept for jobs with the same command: it takes ten times as long, and in
   * generated workflows many jobs differ in variables alone.
   */
  factsOf(command: string, dialect: Dialect): CommandFacts {
    const plain = readPlainCommand(command, dialect);
    if (plain !== undefined) return plain;
    const key = `${dialect} ${command}`;
    let facts = this.#parsed.get(key);
    if (facts === undefined) {
      facts = parseCommand(command, dialect);
      if (this.#parsed.size < mostKept) this.#parsed.set(key, facts);
    }
    return facts;
  }

  /** The keys that the job itself says, without those of its templates, as they are written. */
  writtenJob({ origin: { file, path } }: Job): object {
    const root = this.documents.get(file)?.value as { readonly jobs?: readonly unknown[] } | undefined;
    const job = root?.jobs?.[Number(path[1])];
    return typeof job === 'object' && job !== null ? job : {};
  }

  /** What is written at a place, whatever it is; undefined when nothing is. */
  writtenAt({ file, path }: Origin): unknown {
    let value: unknown = this.documents.get(file)?.value;
    for (const step of path) value = (value as Record<string | number, unknown> | null | undefined)?.[step];
    return value;
  }

  /** The value at the top of the file, as it is written; undefined when it is not. */
  written(key: string): unknown {
    const value = this.documents.get(this.configuration.file)?.value;
    return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? (value as Record<string, unknown>)[key]
      : undefined;
  }
}

/** A file that a redirection names, as it is written and with its absolute path. */
export interface RedirectedFile {
  readonly redirection: Redirection;
  readonly written: string;
  readonly path: string;
}

const none: readonly never[] = [];

/** A job with what can be known of its command and surroundings before it runs. */
export class JobSubject {
  readonly job: Job;
  readonly number: number;
  readonly #subject: Subject;
  readonly #environments: JobEnvironments;
  #facts: CommandFacts | null | undefined;
  #redirectedFiles: readonly RedirectedFile[] | undefined;
  #environment: ResolvedEnvironment | undefined;
  #ownVariables: EnvLayer['variables'] | undefined;
  #folder: string | null | undefined;

  constructor(job: Job, number: number, subject: Subject, environments: JobEnvironments) {
    this.job = job;
    this.number = number;
    this.#subject = subject;
    this.#environments = environments;
  }

  get shell(): string {
    return this.job.shell ?? this.#subject.configuration.shell ?? '/bin/sh';
  }

  get dialect(): Dialect | undefined {
    return dialectOf(this.shell);
  }

  /** Undefined when the command is for a shell that is not known here, or empty. */
  get facts(): CommandFacts | undefined {
    if (this.#facts === undefined) {
      const { dialect } = this;
      const { command } = this.job;
      this.#facts = dialect === undefined || command === '' ? null : this.#subject.factsOf(command, dialect);
    }
    return this.#facts ?? undefined;
  }

  /** Lets go of what can be read again: to keep it for all jobs costs the garbage collector more than to read it twice. */
  forget(): void {
    this.#facts = undefined;
    this.#redirectedFiles = undefined;
  }

  /** The files that the redirections of the command name: those that it is sure to open, and whose path can be told. */
  get redirectedFiles(): readonly RedirectedFile[] {
    this.#redirectedFiles ??= this.#findRedirectedFiles();
    return this.#redirectedFiles;
  }

  #findRedirectedFiles(): readonly RedirectedFile[] {
    const { facts } = this;
    if (facts === undefined || facts.redirections.length === 0) return none;
    const found: RedirectedFile[] = [];
    for (const redirection of facts.redirections) {
      const { target, folder, isConditional, isTolerated } = redirection;
      const written = isConditional || isTolerated ? undefined : this.textOf(target);
      const path = written === undefined || written === '' ? undefined : this.resolve(written, folder);
      if (path === undefined || /^\/(?:dev|proc)\//.test(path)) continue;
      found.push({ redirection, written: written!, path });
    }
    return found;
  }

  /** What of its variables cannot be resolved. */
  get environmentProblems(): readonly EnvironmentProblem[] {
    return this.#resolved.problems;
  }

  /** The value that a variable will have in the environment of the job. */
  variable(name: string): string | undefined {
    const { variables } = this.#resolved;
    const own = this.#ownVariables;
    if (
      own !== undefined &&
      Object.hasOwn(own, name) &&
      !Object.hasOwn(this.#subject.options.variables, name)
    ) {
      return own[name];
    }
    return Object.hasOwn(variables, name) ? variables[name] : undefined;
  }

  /**
   * The resolved environment or, where the job sets variables of its own and neither these nor those below refer to
   * others, the environment below them, which many jobs share.
   */
  get #resolved(): ResolvedEnvironment {
    if (this.#environment === undefined) {
      const { env } = this.job;
      const own = env.at(-1);
      const isApart = own?.scope === 'job' && env.every(hasNoReferences);
      this.#ownVariables = isApart ? own.variables : undefined;
      this.#environment = this.#environments.of(isApart ? { env: env.slice(0, -1) } : this.job);
    }
    return this.#environment;
  }

  /** The folder that the command starts in, absolute; undefined when it hangs on a variable without a value. */
  get folder(): string | undefined {
    if (this.#folder === undefined) {
      const { configuration, host } = this.#subject;
      const { workingDir } = this.job;
      if (!workingDir.includes('${')) {
        this.#folder = this.#subject.plainFolder(workingDir);
        return this.#folder;
      }
      const { text, undefinedReferences } = interpolate(workingDir, (name) => this.variable(name));
      this.#folder = undefinedReferences.length > 0 ? null : host.resolve(configuration.workingDir, text);
    }
    return this.#folder ?? undefined;
  }

  /** Where in the files a part of the command is written. */
  placeInCommand(within: { readonly start: number; readonly end: number }): FindingPlace {
    const { start, end } = within;
    return { origin: this.#subject.whereIs(this.job, 'command'), within: { start, end } };
  }

  place(...path: (string | number)[]): FindingPlace {
    return { origin: this.#subject.whereIs(this.job, ...path) };
  }

  /** The text of a word of the command with its variables replaced; undefined when only a run can tell. */
  textOf(word: ShellWord): string | undefined {
    return literalOf(word) ?? resolveWord(word, (name) => this.lookUp(name));
  }

  /** The value of a variable inside the command; undefined when the command or the engine sets it, or nothing does. */
  lookUp(name: string): string | undefined {
    const { sets, readsForeignCode } = this.facts!;
    return sets.has(name) || readsForeignCode || name.startsWith('EXECUTIONER_')
      ? undefined
      : this.variable(name);
  }

  /** The absolute path that a word means at a place where `folder` is the current one. */
  pathOf(word: ShellWord, folder: Folder): string | undefined {
    const text = this.textOf(word);
    return text === undefined || text === '' ? undefined : this.resolve(text, folder);
  }

  /** `path` seen from the folder at a place in the command. */
  resolve(path: string, folder: Folder): string | undefined {
    const { host } = this.#subject;
    if (host.isAbsolute(path)) return isNormal(path.slice(1)) ? path : host.resolve('/', path);
    const from = this.folderAt(folder);
    if (from === undefined) return undefined;
    return isNormal(path) ? `${from === '/' ? '' : from}/${path}` : host.resolve(from, path);
  }

  /** The current folder at a place in the command; undefined when it is not known. */
  folderAt(folder: Folder): string | undefined {
    let path = this.folder;
    for (const change of folder ?? [undefined]) {
      const text = change && this.textOf(change);
      if (path === undefined || text === undefined) return undefined;
      path = this.#subject.host.resolve(path, text);
    }
    return path;
  }
}

const knownLayers = new WeakMap<EnvLayer, boolean>();

/** Layers are shared between jobs, so each is looked through once. */
function hasNoReferences(layer: EnvLayer): boolean {
  let known = knownLayers.get(layer);
  if (known === undefined) {
    known = Object.values(layer.variables).every((value) => !value.includes('${'));
    knownLayers.set(layer, known);
  }
  return known;
}

/** A path without its first slash in which no step is `.`, `..` or empty: most are so, and `resolve` changes nothing in them. */
function isNormal(path: string): boolean {
  return !/(?:^|\/)\.{0,2}(?:\/|$)/.test(path);
}
