import type { Configuration, EnvLayer, Job } from '../config/model.ts';
import { inheritedEnvironment } from './inheritedEnvironment.ts';
import { type ResolvedEnvironment, resolveEnvironment } from './resolveEnvironment.ts';

export type Environment = Readonly<Record<string, string>>;

/** The environments of the jobs of one run, resolved when they are needed. */
export interface JobEnvironments {
  /** What every job gets before its own layers: inherited variables and those of the command line. */
  readonly common: Environment;
  /** Jobs that differ in no layer get the same object. */
  of(job: Pick<Job, 'env'>): ResolvedEnvironment;
}

export interface JobEnvironmentOptions {
  /** The environment of the engine: what may be inherited from it is the configuration's choice. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The highest layer: what `--env` sets. */
  readonly variables?: Environment;
}

/** From low to high: inherited, application, env sets, job, command line. */
export function jobEnvironments(
  configuration: Configuration,
  options: JobEnvironmentOptions,
): JobEnvironments {
  const inherited = inheritedEnvironment(configuration.envInheritance, options.environment);
  const commandLine = { scope: 'command_line', variables: options.variables ?? {} } as const;
  const root: CacheNode = { below: new Map(), resolved: undefined };
  const resolve = (job: Pick<Job, 'env'>) => resolveEnvironment([...job.env, commandLine], inherited);
  return {
    common: resolve({ env: [] }).variables,
    of(job) {
      // Nobody else has a job's own layer: keeping what it leads to would only cost memory.
      if (job.env.at(-1)?.scope === 'job') return resolve(job);
      const node = job.env.reduce(descend, root);
      node.resolved ??= resolve(job);
      return node.resolved;
    },
  };
}

/** A tree over lists of layers, since layers are shared between jobs and their lists are not. */
interface CacheNode {
  readonly below: Map<EnvLayer, CacheNode>;
  resolved: ResolvedEnvironment | undefined;
}

function descend({ below }: CacheNode, layer: EnvLayer): CacheNode {
  let node = below.get(layer);
  if (node === undefined) {
    node = { below: new Map(), resolved: undefined };
    below.set(layer, node);
  }
  return node;
}
