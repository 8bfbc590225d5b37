import { readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { type CommandContext, CommandError, type Configuration, load, nodeHost } from '@executioner/core';
import { attempts, stateFolderOf } from '@executioner/engine';
import { storedConfiguration } from '../changes/index.ts';
import type { KnownDependencies } from '../failures/index.ts';
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
  const besideByFolder = new Map<string, readonly Configuration[]>();

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

  function besideIn(folder: string): readonly Configuration[] {
    const known = besideByFolder.get(folder);
    if (known !== undefined) return known;
    const found = candidatesIn(folder).flatMap((file) => configurationIn(file).configuration ?? []);
    besideByFolder.set(folder, found);
    return found;
  }

  return (run) => {
    if (named !== undefined) return named;
    const stored = storedWith(run, stateFolderOf(io));
    if (stored !== undefined) return stored;
    const [file = '-'] = run.files;
    if (file === '-') return undefined;
    const folder = dirname(resolve(io.cwd, file));
    const beside = [folder, dirname(folder)]
      .flatMap(besideIn)
      .find((each) => each.applicationName === run.application && hasJobsOf(each, run));
    return beside && ofConfiguration(beside, relative(io.cwd, beside.file));
  };
}

/** More files than these, or larger ones, are not looked at to find a configuration that nobody named. */
const candidatesMax = 40;
const bytesMax = 1 << 20;

function candidatesIn(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    return [];
  }
  return names
    .filter((name) => /\.(jsonc?|ya?ml)$/i.test(name))
    .sort()
    .slice(0, candidatesMax)
    .map((name) => join(folder, name))
    .filter((path) => {
      const found = statSync(path, { throwIfNoEntry: false });
      return found?.isFile() === true && found.size <= bytesMax;
    });
}

function ofConfiguration({ jobs }: Configuration, file: string): KnownDependencies {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  return { file, dependenciesOf: (id) => byId.get(id)?.dependencies.map(({ job }) => job) };
}

/** The configuration that the engine stored with a run that a text log tells of. */
function storedWith(run: RunRecord, stateFolder: string): KnownDependencies | undefined {
  if (run.run === undefined) return undefined;
  const folder = join(stateFolder, 'runs', String(run.run));
  const latest = attempts(folder).at(-1);
  const stored = latest === undefined ? undefined : storedConfiguration(folder, latest);
  if (stored?.applicationName !== run.application || !hasJobsOf(stored, run)) return undefined;
  const byId = new Map(stored.jobs.map((job) => [job.id, job]));
  return {
    file: 'the configuration stored with the run',
    dependenciesOf: (id) =>
      (byId.get(id)?.dependencies as { readonly job: string }[] | undefined)?.map(({ job }) => job),
  };
}

function hasJobsOf({ jobs }: { readonly jobs: readonly { readonly id: string }[] }, run: RunRecord): boolean {
  const ids = new Set(jobs.map(({ id }) => id));
  return run.jobs.every(({ id }) => ids.has(id));
}
