import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, parse, relative, resolve } from 'node:path';
import { type CommandContext, CommandError, type Configuration, load, nodeHost } from '@executioner/core';
import { attempts, listRuns, stateFolderOf } from '@executioner/engine';
import { type StoredConfiguration, storedConfiguration } from '../changes/index.ts';
import type { KnownDependencies } from '../failures/index.ts';
import { namesIn } from '../input/index.ts';
import type { RunRecord } from '../runs/index.ts';

/** What tells the dependencies of a run's jobs where its log does not; undefined where nothing does. */
export type DependencyFinder = (run: RunRecord) => KnownDependencies | undefined;

/**
 * Finds the configuration of a run: the file that is named (`--config`), else the one stored with the run of this number, else
 * one of the same application that lies beside its log or in the folder above, where version 1 has it.
 *
 * @throws CommandError CONFIGURATION_UNREADABLE when the named file is none
 */
export function dependencyFinder(config: string | undefined, { io }: CommandContext): DependencyFinder {
  const host = nodeHost(io.cwd, io.env.HOME ?? homedir());
  const named = config === undefined ? undefined : namedConfiguration(config);
  const besideBy = new Map<string, readonly Candidate[]>();
  /** The log and the application that were asked about last: a log may tell of very many runs. */
  let latest: { file: string; application: string; candidates: readonly Candidate[] } | undefined;
  const storedWith = storedConfigurations(stateFolderOf(io));

  function namedConfiguration(file: string): KnownDependencies {
    const { configuration, problem } = configurationIn(file);
    if (configuration !== undefined) return ofConfiguration(configuration, file);
    throw new CommandError('CONFIGURATION_UNREADABLE', `--config: ${problem}`, {
      hint: `look at it with: executioner validate ${file}`,
    });
  }

  function configurationIn(file: string): { configuration?: Configuration; problem?: string } {
    const loaded = load(file, host);
    const configuration = loaded.state === 'valid' ? loaded.configuration : loaded.draft?.configuration;
    const problem =
      loaded.diagnostics.find(({ severity }) => severity === 'error')?.message ?? 'it has no jobs';
    return configuration === undefined || configuration.jobs.length === 0 ? { problem } : { configuration };
  }

  function besideIn(folder: string, application: string): readonly Candidate[] {
    const key = `${folder}\0${application}`;
    const known = besideBy.get(key);
    if (known !== undefined) return known;
    const found = candidatesIn(folder, application).flatMap((file) => {
      const { configuration } = configurationIn(file);
      return configuration === undefined ? [] : candidate(configuration, relative(io.cwd, file));
    });
    besideBy.set(key, found);
    return found;
  }

  /** Those of the folder of a log, and of the one above. */
  function besideLog(file: string, application: string): readonly Candidate[] {
    if (latest?.file !== file || latest.application !== application) {
      const folder = dirname(resolve(io.cwd, file));
      const candidates = [folder, dirname(folder)]
        .flatMap((each) => besideIn(each, application))
        .filter((candidate) => candidate.application === application);
      latest = { file, application, candidates };
    }
    return latest.candidates;
  }

  return (run) => {
    if (named !== undefined) return named;
    const stored = storedWith(run);
    if (stored !== undefined) return stored;
    const [file = '-'] = run.files;
    if (file === '-') return undefined;
    return besideLog(file, run.application).find(({ ids }) => hasJobsOf(ids, run))?.dependencies;
  };
}

/** More files than these, or larger ones, are not looked at to find a configuration that nobody named. */
const candidatesMax = 40;
const bytesMax = 1 << 20;

/** Configurations name their application, or are named after it. */
function candidatesIn(folder: string, application: string): string[] {
  return namesIn(folder)
    .filter((name) => /\.(jsonc?|ya?ml)$/i.test(name))
    .sort()
    .slice(0, candidatesMax)
    .map((name) => join(folder, name))
    .filter((path) => {
      const found = statSync(path, { throwIfNoEntry: false });
      return found?.isFile() === true && found.size <= bytesMax && mayBeOf(path, application);
    });
}

/** A file that cannot be read tells nothing. */
function mayBeOf(path: string, application: string): boolean {
  if (parse(path).name === application) return true;
  try {
    return readFileSync(path).includes(application);
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    return false;
  }
}

/** A configuration that may be that of a run. */
interface Candidate {
  readonly application: string;
  readonly ids: ReadonlySet<string>;
  readonly dependencies: KnownDependencies;
}

function candidate(configuration: Configuration, file: string): Candidate {
  return {
    application: configuration.applicationName,
    ids: idsOf(configuration),
    dependencies: ofConfiguration(configuration, file),
  };
}

function ofConfiguration({ jobs }: Configuration, file: string): KnownDependencies {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  return { file, dependenciesOf: (id) => byId.get(id)?.dependencies.map(({ job }) => job) };
}

/** So many configurations are kept. */
const storedMax = 64;

/**
 * Finds the configuration that the engine stored with a run that a text log tells of. Which runs there are is looked up once,
 * and a few configurations are kept: a log may tell of very many runs.
 */
function storedConfigurations(stateFolder: string): DependencyFinder {
  let runs: ReadonlySet<number> | undefined;
  const known = new Map<number, StoredConfiguration | undefined>();

  function storedOf(run: number): StoredConfiguration | undefined {
    if (known.has(run)) return known.get(run);
    const folder = join(stateFolder, 'runs', String(run));
    const attempt = attempts(folder).at(-1);
    if (known.size >= storedMax) known.clear();
    known.set(run, attempt === undefined ? undefined : storedConfiguration(folder, attempt));
    return known.get(run);
  }

  return (run) => {
    runs ??= new Set(listRuns(stateFolder));
    if (run.run === undefined || !runs.has(run.run)) return undefined;
    const stored = storedOf(run.run);
    if (stored?.applicationName !== run.application || !hasJobsOf(idsOf(stored), run)) return undefined;
    const byId = new Map(stored.jobs.map((job) => [job.id, job]));
    return {
      file: 'the configuration stored with the run',
      dependenciesOf: (id) =>
        (byId.get(id)?.dependencies as { readonly job: string }[] | undefined)?.map(({ job }) => job),
    };
  };
}

function idsOf({ jobs }: { readonly jobs: readonly { readonly id: string }[] }): ReadonlySet<string> {
  return new Set(jobs.map(({ id }) => id));
}

function hasJobsOf(ids: ReadonlySet<string>, run: RunRecord): boolean {
  return run.jobs.every(({ id }) => ids.has(id));
}
