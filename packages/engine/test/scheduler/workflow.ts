import type { Configuration, Dependency, Job } from '@executioner/core';

/** A job of a test: its id, and what matters about it. Dependencies may be bare ids. */
export type JobSketch = Partial<Omit<Job, 'dependencies'>> & {
  readonly id: string;
  readonly needs?: readonly (string | Dependency)[];
};

/** A valid configuration around a few jobs: no retries, an hour for each, ten seconds of grace. */
export function workflow(jobs: readonly JobSketch[], settings: Partial<Configuration> = {}): Configuration {
  return {
    version: 2,
    applicationName: 'test',
    description: '',
    file: '/test/workflow.json',
    workingDir: '/test',
    logDir: './logs',
    parallel: false,
    maxWorkers: 1,
    onFailure: 'stop',
    allowShell: true,
    envInheritance: { kind: 'all' },
    secrets: [],
    resources: {},
    email: { addresses: [], onSuccess: false, onFailure: false },
    notifications: [],
    logRetention: {},
    security: { policy: 'warn', commandWhitelist: [], commandAllowlistPatterns: [], workspacePaths: [] },
    dependencyPlugins: [],
    jobs: jobs.map(completed),
    extra: {},
    ...settings,
  };
}

function completed({ needs = [], ...sketch }: JobSketch): Job {
  return {
    command: `run ${sketch.id}`,
    description: '',
    dependencies: needs.map((need) => (typeof need === 'string' ? { job: need, when: 'success' } : need)),
    timeLimit: { kind: 'fixed', limitMs: 3_600_000 },
    gracePeriodMs: 10_000,
    retry: retries(0),
    preChecks: [],
    postChecks: [],
    env: [],
    workingDir: '/test',
    tags: [],
    priority: 0,
    resources: {},
    locks: [],
    allowFailure: false,
    enabled: true,
    inputs: [],
    outputs: [],
    extra: {},
    origin: { file: '/test/workflow.json', path: ['jobs'] },
    ...sketch,
  };
}

/** A retry policy without jitter: waits of 10 s, 20 s, 40 s … */
export function retries(maxRetries: number, settings: Partial<Job['retry']> = {}): Job['retry'] {
  return {
    maxRetries,
    delayMs: 10_000,
    backoff: 2,
    jitter: 0,
    maxRetryTimeMs: 1_800_000,
    onStatus: ['ERROR', 'FAILED', 'TIMEOUT'],
    onExitCodes: [1],
    ...settings,
  };
}

export function check(name: string): Job['preChecks'][number] {
  return { name, params: {}, timeoutMs: 60_000 };
}
