import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { idleSpools } from './idleSpools.ts';
import type {
  ErroredReport,
  ExitedReport,
  Launcher,
  LauncherListener,
  LauncherOptions,
  LaunchRequest,
  ServeOptions,
  Spool,
  StartedReport,
} from './launcher.ts';
import { lineSplitter } from './lines.ts';
import { inheritedOpenFileLimit } from './openFileLimit.ts';
import type { ErroredRecord, ExitedRecord, LaunchRecord, Order, StartedRecord } from './protocol.ts';
import { recordedEnd } from './waitStatus.ts';

/** A launcher's process that has no run yet: made early, it comes up while the run is being prepared. */
export interface IdleLauncher {
  /**
   * Gives it its run. Requests may follow at once; they wait in the pipe while it comes up.
   *
   * @throws when the process could not be started at all, or was given a run before.
   */
  serve(options: ServeOptions, listener: LauncherListener): Launcher;
  /** It is not needed; without effect once it has a run. */
  dismiss(): void;
}

/** Starts the launcher of an attempt: a process in its own session that outlives this one. Throws as `serve` does. */
export function startLauncher(options: LauncherOptions, listener: LauncherListener): Launcher {
  return idleLauncher(options).serve(options, listener);
}

/** Starts a launcher's process. It keeps this one from ending only once it has a run. */
export function idleLauncher({ entry, env }: Pick<LauncherOptions, 'entry' | 'env'>): IdleLauncher {
  const child = spawn(process.execPath, [entry], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: launcherEnvironment(env),
  });
  const end = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const handles = [child, child.stdin as Socket, child.stdout as Socket];
  for (const handle of handles) handle.unref();
  let isIdle = true;
  return {
    serve(options, listener) {
      if (child.pid === undefined)
        throw new Error(`The launcher cannot be started: ${process.execPath} ${entry}`);
      if (!isIdle) throw new Error('Internal error: the launcher has a run already');
      isIdle = false;
      for (const handle of handles) handle.ref();
      return serve({ pid: child.pid, stdin: child.stdin, stdout: child.stdout, end }, options, listener);
    },
    dismiss() {
      if (isIdle) child.stdin.end();
      isIdle = false;
    },
  };
}

interface LauncherProcess {
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly end: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

function serve(child: LauncherProcess, options: ServeOptions, listener: LauncherListener): Launcher {
  const environments: object[] = [];
  const spools = idleSpools();
  let nextEnvironment = 0;
  let outgoing = '';
  let closing = false;
  let failure: string | undefined;

  const gone = child.end.then(({ code, signal }) => {
    if (!closing || code !== 0)
      listener.lost(failure ?? `the launcher ended unexpectedly (${signal ?? `exit code ${code}`})`);
  });
  child.stdout.on('data', lineSplitter(report));

  function report(line: string): void {
    const record = JSON.parse(line) as LaunchRecord;
    spools.hear(record);
    if (record.type === 'started') listener.started(startedReport(record, options.runFolder));
    else if (record.type === 'exited') listener.exited(exitedReport(record, options.runFolder));
    else if (record.type === 'errored') listener.errored(erroredReport(record));
    else if (record.type === 'failed') failure = record.message;
  }

  /** All orders of one turn of the event loop leave in one write. */
  function send(order: Order): void {
    if (outgoing === '') {
      queueMicrotask(() => {
        const text = outgoing;
        outgoing = '';
        child.stdin.write(text);
      });
    }
    outgoing += `${JSON.stringify(order)}\n`;
  }

  /** The last few environments stay with the launcher under their numbers; a new one takes the oldest's place. */
  function environmentId(env: Readonly<Record<string, string>>): number {
    const known = environments.indexOf(env);
    if (known !== -1) return known;
    const id = nextEnvironment;
    nextEnvironment = (nextEnvironment + 1) % environmentsKept;
    environments[id] = env;
    send({ do: 'environment', id, env });
    return id;
  }

  const openFiles = inheritedOpenFileLimit();
  send({
    do: 'serve',
    run_folder: options.runFolder,
    attempt: options.attempt,
    spool_bytes_max: options.spoolBytesMax ?? 64 * 1024 * 1024,
    spawner: options.spawner ?? 'fast',
    ...(openFiles === undefined ? {} : { open_files: openFiles }),
  });
  return {
    pid: child.pid,
    launch: (request) => send(launchOrder(request, environmentId(request.env), spools.take(request.token))),
    signal: (token, signal) => send({ do: 'signal', token, signal }),
    close() {
      if (!closing) send({ do: 'close' });
      closing = true;
      return gone;
    },
  };
}

const environmentsKept = 32;

/** What is meant for the engine's Node.js (options, preloaded modules, certificates) only slows the launcher down. */
function launcherEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('NODE_')));
}

function launchOrder(request: LaunchRequest, environment: number, spool: string | undefined): Order {
  const { token, run, job, argv, cwd, shown, limitMs = 0, graceMs = 0 } = request;
  return {
    do: 'launch',
    token,
    run,
    job,
    try: request.try,
    argv,
    cwd,
    ...(shown === undefined ? {} : { shown }),
    env: environment,
    limit_ms: limitMs,
    grace_ms: graceMs,
    ...(spool === undefined ? {} : { spool }),
  };
}

function startedReport(record: StartedRecord, runFolder: string): StartedReport {
  const { token, pid, ticks } = record;
  return { token, pid, ...(ticks === undefined ? {} : { ticks }), spool: spoolOf(record, runFolder) };
}

function exitedReport(record: ExitedRecord, runFolder: string): ExitedReport {
  const { token, spool_end: spoolEnd, spool_retired, leftovers = [] } = record;
  return {
    token,
    end: recordedEnd(record),
    spool: spoolOf(record, runFolder),
    spoolEnd,
    spoolRetired: spool_retired === true,
    leftovers,
  };
}

function erroredReport({ token, errno, message }: ErroredRecord): ErroredReport {
  return { token, error: { errno, message } };
}

function spoolOf(record: StartedRecord | ExitedRecord, runFolder: string): Spool {
  return { path: join(runFolder, record.spool), offset: record.offset };
}
