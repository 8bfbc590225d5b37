import { accessSync, constants as fsConstants } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, resolve } from 'node:path';
import type koffi from 'koffi';
import { type Spawner, type SpawnListener, type SpawnRequest, startError } from './spawner.ts';

// posix_spawn(3) and wait4(2) through koffi: three times as fast as child_process, since the child shares the
// launcher's memory until it executes, and wait4 brings the kernel's accounting along.

/** What differs between the C libraries; sizes are generous, the libraries fill only what they know. */
interface Platform {
  readonly setSession: number;
  /** Microseconds of a timeval are an int on macOS, and the maximum RSS is in bytes there. */
  readonly rssBytesPerUnit: number;
  readonly changeFolder: string;
}

const platforms: Partial<Record<NodeJS.Platform, Platform>> = {
  linux: { setSession: 0x80, rssBytesPerUnit: 1024, changeFolder: 'posix_spawn_file_actions_addchdir_np' },
  darwin: { setSession: 0x400, rssBytesPerUnit: 1, changeFolder: 'posix_spawn_file_actions_addchdir_np' },
};

const spawnSetSignalDefaults = 0x04;
const spawnSetSignalMask = 0x08;
const waitNoHang = 1;
const structBytes = 512;

/**
 * The fast spawner, or undefined where the system or the installation cannot offer it (no koffi for this
 * platform, a C library without `posix_spawn_file_actions_addchdir_np`). Takes over SIGCHLD: nothing else in
 * the process may wait for children.
 */
export async function posixSpawner(): Promise<Spawner | undefined> {
  const platform = platforms[process.platform];
  if (platform === undefined) return undefined;
  try {
    const { default: foreign } = await import('koffi');
    return spawnerOf(systemCalls(foreign.load(null), platform), platform);
  } catch {
    // Whatever is missing, the portable spawner does the same more slowly.
    return undefined;
  }
}

type SystemCalls = ReturnType<typeof systemCalls>;

function systemCalls(library: ReturnType<typeof koffi.load>, platform: Platform) {
  const declare = (prototype: string) => library.func(prototype);
  return {
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
    wait: declare('int wait4(int pid, _Out_ int *status, int options, void *usage)'),
  };
}

function spawnerOf(calls: SystemCalls, platform: Platform): Spawner {
  const attributes = sessionLeaderAttributes(calls, platform);
  const actions = Buffer.alloc(structBytes);
  const listeners = new Map<number, SpawnListener>();
  const usage = Buffer.alloc(structBytes);
  const status = [0];
  // A signal listener does not keep the event loop alive, and a running job must.
  const whileJobsRun = setInterval(() => {}, 2 ** 30).unref();

  process.on('SIGCHLD', () => {
    for (;;) {
      const pid = calls.wait(-1, status, waitNoHang, usage) as number;
      if (pid <= 0) return;
      const listener = listeners.get(pid);
      listeners.delete(pid);
      if (listeners.size === 0) whileJobsRun.unref();
      listener?.exited({ status: status[0]!, ...accounting(usage, platform) });
    }
  });

  return (request, listener) => {
    const program = findProgram(request);
    if (program === undefined) return refuse(listener, request, 'ENOENT');
    if (unspeakable(request)) return refuse(listener, request, 'EINVAL');
    calls.initActions(actions);
    calls.addOpen(actions, 0, '/dev/null', fsConstants.O_RDONLY, 0);
    calls.addDup(actions, request.outputFd, 1);
    calls.addDup(actions, request.outputFd, 2);
    calls.addChangeFolder(actions, request.cwd);
    const pid = [0];
    const environment = Object.entries(request.env).map(([name, value]) => `${name}=${value}`);
    const error = calls.spawn(
      pid,
      program,
      actions,
      attributes,
      [...request.argv, null],
      [...environment, null],
    ) as number;
    calls.destroyActions(actions);
    if (error !== 0) return refuse(listener, request, errnoName(error));
    listeners.set(pid[0]!, listener);
    whileJobsRun.ref();
    return pid[0];
  };
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

/** A NUL would silently end a C string. */
function unspeakable({ argv, cwd, env }: SpawnRequest): boolean {
  const hasNul = (text: string) => text.includes('\0');
  return (
    hasNul(cwd) ||
    argv.some(hasNul) ||
    Object.entries(env).some(([name, value]) => hasNul(name) || hasNul(value))
  );
}

function refuse(listener: SpawnListener, request: SpawnRequest, code: string): undefined {
  listener.errored(startError(Object.assign(new Error(code), { code }), request));
  return undefined;
}

function errnoName(number: number): string {
  return Object.entries(constants.errno).find(([, value]) => value === number)?.[0] ?? `E${number}`;
}
