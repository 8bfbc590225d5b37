import { accessSync, constants as fsConstants } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, resolve } from 'node:path';
import type koffi from 'koffi';
import { type Orphans, orphansOfThisProcess } from './orphans.ts';
import {
  type Environment,
  type Reaped,
  type Spawner,
  type SpawnListener,
  type SpawnRequest,
  startError,
} from './spawner.ts';

// posix_spawn(3) and wait4(2) through koffi: the child shares the launcher's memory until it executes, and wait4
// brings the kernel's accounting along. The kernel suspends the thread that spawns until the child executes, so
// the calls are made on libuv's threads: several children come up at once, and this thread goes on.

/** What differs between the C libraries; sizes are generous, the libraries fill only what they know. */
interface Platform {
  readonly setSession: number;
  /** Microseconds of a timeval are an int on macOS, and the maximum RSS is in bytes there. */
  readonly rssBytesPerUnit: number;
  readonly changeFolder: string;
  /** RLIMIT_NOFILE. */
  readonly openFilesResource: number;
  /** The option of prctl(2) that gives this process the orphans among its descendants. */
  readonly setChildSubreaper?: number;
}

const platforms: Partial<Record<NodeJS.Platform, Platform>> = {
  linux: {
    setSession: 0x80,
    rssBytesPerUnit: 1024,
    changeFolder: 'posix_spawn_file_actions_addchdir_np',
    openFilesResource: 7,
    setChildSubreaper: 36,
  },
  darwin: {
    setSession: 0x400,
    rssBytesPerUnit: 1,
    changeFolder: 'posix_spawn_file_actions_addchdir_np',
    openFilesResource: 8,
  },
};

const spawnSetSignalDefaults = 0x04;
const spawnSetSignalMask = 0x08;
const waitNoHang = 1;
const structBytes = 512;

/** The system's calls for processes. */
export interface PosixProcesses {
  /** The fast spawner. Takes over SIGCHLD: from then on nothing else in the process may wait for children. */
  spawner(): PosixSpawner;
  /** Lowers the soft limit of open files of this process, and so of its children. */
  limitOpenFiles(openFiles: number): void;
}

/**
 * Undefined where the system or the installation cannot offer it (no koffi for this platform, a C library without
 * `posix_spawn_file_actions_addchdir_np`).
 */
export async function posixProcesses(): Promise<PosixProcesses | undefined> {
  const platform = platforms[process.platform];
  if (platform === undefined) return undefined;
  try {
    const { default: foreign } = await import('koffi');
    const calls = systemCalls(foreign.load(null), platform);
    return {
      spawner: () => spawnerOf(calls, platform),
      limitOpenFiles: (openFiles) => limitOpenFiles(calls, platform, openFiles),
    };
  } catch {
    // Whatever is missing, the portable spawner does the same more slowly.
    return undefined;
  }
}

export interface PosixSpawner {
  readonly spawn: Spawner;
  /** Undefined where the system has no subreapers. */
  readonly orphans: Orphans | undefined;
}

type SystemCalls = ReturnType<typeof systemCalls>;

function systemCalls(library: ReturnType<typeof koffi.load>, platform: Platform) {
  const declare = (prototype: string) => library.func(prototype);
  return {
    controlProcess:
      platform.setChildSubreaper === undefined
        ? undefined
        : declare('int prctl(int option, ulong a, ulong b, ulong c, ulong d)'),
    spawn: declare(
      'int posix_spawn(_Out_ int *pid, const char *path, void *actions, void *attributes, const char **argv, const char **envp)',
    ),
    initActions: declare('int posix_spawn_file_actions_init(void *actions)'),
    addOpen: declare(
      'int posix_spawn_file_actions_addopen(void *actions, int fd, const char *path, int flags, uint32_t mode)',
    ),
    addDup: declare('int posix_spawn_file_actions_adddup2(void *actions, int fd, int newFd)'),
    addChangeFolder: declare(`int ${platform.changeFolder}(void *actions, const char *path)`),
    destroyActions: declare('int posix_spawn_file_actions_destroy(void *actions)'),
    initAttributes: declare('int posix_spawnattr_init(void *attributes)'),
    setFlags: declare('int posix_spawnattr_setflags(void *attributes, short flags)'),
    setSignalDefaults: declare('int posix_spawnattr_setsigdefault(void *attributes, void *set)'),
    setSignalMask: declare('int posix_spawnattr_setsigmask(void *attributes, void *set)'),
    getLimit: declare('int getrlimit(int resource, void *limit)'),
    setLimit: declare('int setrlimit(int resource, void *limit)'),
    wait: declare('int wait4(int pid, _Out_ int *status, int options, void *usage)'),
  };
}

function spawnerOf(calls: SystemCalls, platform: Platform): PosixSpawner {
  const attributes = sessionLeaderAttributes(calls, platform);
  const orphans = isSubreaper(calls, platform) ? orphansOfThisProcess() : undefined;
  const listeners = new Map<number, SpawnListener>();
  /** Ends of processes whose start has not been heard of yet; most of them are orphans'. */
  const early = new Map<number, Reaped>();
  let underWay = 0;
  const usage = Buffer.alloc(structBytes);
  const status = [0];
  // A signal listener does not keep the event loop alive, and a running job must.
  const whileJobsRun = setInterval(() => {}, 2 ** 30).unref();

  process.on('SIGCHLD', () => {
    for (;;) {
      const pid = calls.wait(-1, status, waitNoHang, usage) as number;
      if (pid <= 0) return;
      const reaped = { status: status[0]!, ...accounting(usage, platform) };
      const listener = listeners.get(pid);
      if (listener !== undefined) ended(pid, listener, reaped);
      else if (underWay > 0) early.set(pid, reaped);
      if (listener === undefined) orphans?.reaped(pid);
    }
  });

  function started(pid: number, listener: SpawnListener): void {
    listeners.set(pid, listener);
    const reaped = early.get(pid);
    listener.started(pid, reaped !== undefined);
    if (reaped !== undefined) ended(pid, listener, reaped);
  }

  function ended(pid: number, listener: SpawnListener, reaped: Reaped): void {
    listeners.delete(pid);
    listener.exited(reaped);
    restWhenIdle();
  }

  function restWhenIdle(): void {
    if (underWay === 0 && listeners.size === 0) whileJobsRun.unref();
  }

  function spawn(request: SpawnRequest, listener: SpawnListener): void {
    const program = findProgram(request);
    const environment = environmentStrings(request);
    if (program === undefined) refuse(listener, request, 'ENOENT');
    else if (environment === undefined || hasNul(request.cwd) || request.argv.some(hasNul))
      refuse(listener, request, 'EINVAL');
    else make(request, listener, program, environment);
  }

  function make(
    request: SpawnRequest,
    listener: SpawnListener,
    program: string,
    environment: readonly (string | null)[],
  ): void {
    const actions = fileActions(calls, request);
    const pid = [0];
    underWay++;
    whileJobsRun.ref();
    const done = (failure: Error | null, error: number) => {
      underWay--;
      calls.destroyActions(actions);
      if (failure !== null) throw failure;
      if (error === 0) started(pid[0]!, listener);
      else refuse(listener, request, errnoName(error));
      if (underWay === 0) early.clear();
      restWhenIdle();
    };
    calls.spawn.async(pid, program, actions, attributes, [...request.argv, null], environment, done);
  }

  return { spawn, orphans };
}

function fileActions(calls: SystemCalls, { outputFd, cwd }: SpawnRequest): Buffer {
  const actions = Buffer.alloc(structBytes);
  calls.initActions(actions);
  calls.addOpen(actions, 0, '/dev/null', fsConstants.O_RDONLY, 0);
  calls.addDup(actions, outputFd, 1);
  calls.addDup(actions, outputFd, 2);
  calls.addChangeFolder(actions, cwd);
  return actions;
}

/** A struct rlimit is the soft limit, then the hard one. */
function limitOpenFiles(calls: SystemCalls, { openFilesResource }: Platform, openFiles: number): void {
  const limit = Buffer.alloc(16);
  if (calls.getLimit(openFilesResource, limit) !== 0) return;
  limit.writeBigUInt64LE(BigInt(openFiles), 0);
  calls.setLimit(openFilesResource, limit);
}

function isSubreaper({ controlProcess }: SystemCalls, { setChildSubreaper }: Platform): boolean {
  return setChildSubreaper !== undefined && controlProcess!(setChildSubreaper, 1, 0, 0, 0) === 0;
}

/** Own session and process group, no signal ignored or blocked. */
function sessionLeaderAttributes(calls: SystemCalls, platform: Platform): Buffer {
  const attributes = Buffer.alloc(structBytes);
  const signals = Buffer.alloc(structBytes);
  calls.initAttributes(attributes);
  calls.setFlags(attributes, platform.setSession | spawnSetSignalDefaults | spawnSetSignalMask);
  calls.setSignalMask(attributes, signals);
  // All bits, since sigfillset(3) leaves out the two that glibc uses itself, and they would be ignored in the job.
  calls.setSignalDefaults(attributes, signals.fill(0xff));
  return attributes;
}

/**
 * Reads a struct rusage: two timevals, then the maximum resident set size. A job's begins with that of the launcher,
 * whose memory it has until it executes, so one no larger than the launcher's own says nothing and is left out.
 */
function accounting(usage: Buffer, { rssBytesPerUnit }: Platform): { cpuMs: number; maxRssKb?: number } {
  const timeMs = (offset: number) =>
    Number(usage.readBigInt64LE(offset)) * 1000 + usage.readInt32LE(offset + 8) / 1000;
  const cpuMs = Math.round(timeMs(0) + timeMs(16));
  const maxRssKb = Math.round((Number(usage.readBigInt64LE(32)) * rssBytesPerUnit) / 1024);
  return maxRssKb > process.resourceUsage().maxRSS ? { cpuMs, maxRssKb } : { cpuMs };
}

/** As execvp(3) would find it, with the PATH of the job; a name with a slash is relative to the job's folder. */
function findProgram({ argv, cwd, env }: SpawnRequest): string | undefined {
  const [program = ''] = argv;
  if (program.includes('/')) return program;
  for (const folder of (env.PATH ?? '/usr/local/bin:/bin:/usr/bin').split(delimiter)) {
    const path = resolve(cwd, folder, program);
    if (isExecutable(path)) return path;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, fsConstants.X_OK);
    return true;
  } catch {
    return false;
  }
}

interface EnvironmentText {
  readonly assignments: readonly string[];
  readonly hasNul: boolean;
}

const environmentTexts = new WeakMap<Environment, EnvironmentText>();

/** The environment as execve(2) takes it, or undefined when it holds a NUL. */
function environmentStrings({ env, ownEnv }: SpawnRequest): (string | null)[] | undefined {
  // A workflow that is run by a job of another one inherits variables of the same names.
  const isOverlaid = Object.keys(ownEnv).some((name) => Object.hasOwn(env, name));
  const shared = isOverlaid ? environmentText({ ...env, ...ownEnv }) : sharedText(env);
  const own = environmentText(isOverlaid ? {} : ownEnv);
  return shared.hasNul || own.hasNul ? undefined : [...shared.assignments, ...own.assignments, null];
}

function sharedText(env: Environment): EnvironmentText {
  const known = environmentTexts.get(env);
  if (known !== undefined) return known;
  const text = environmentText(env);
  environmentTexts.set(env, text);
  return text;
}

function environmentText(env: Environment): EnvironmentText {
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return { assignments, hasNul: assignments.some(hasNul) };
}

/** It would silently end a C string. */
function hasNul(text: string): boolean {
  return text.includes('\0');
}

function refuse(listener: SpawnListener, request: SpawnRequest, code: string): void {
  listener.errored(startError(Object.assign(new Error(code), { code }), request));
}

function errnoName(number: number): string {
  return Object.entries(constants.errno).find(([, value]) => value === number)?.[0] ?? `E${number}`;
}
