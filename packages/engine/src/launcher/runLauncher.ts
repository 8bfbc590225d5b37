import { Socket } from 'node:net';
import { join } from 'node:path';
import { optimizeLate } from '../engineTuning.ts';
import { processIdentity } from '../runs/processIdentity.ts';
import type { SpawnerName } from './launcher.ts';
import { lineSplitter } from './lines.ts';
import { lowerOpenFileLimit } from './openFileLimit.ts';
import { posixProcesses } from './posixSpawner.ts';
import { processCensus } from './processCensus.ts';
import type { LaunchRecord, Order, ServeOrder } from './protocol.ts';
import { RecordLog } from './recordLog.ts';
import { portableSpawner } from './spawner.ts';
import { SpoolPool } from './spoolPool.ts';
import { Supervisor, type SupervisorHost } from './supervisor.ts';

type Surround = (host: SupervisorHost, order: ServeOrder) => SupervisorHost;

/**
 * Is the launcher's process until that ends: waits for the order to serve a run, or to be dismissed by the end of its
 * input. `surround` may put something between the supervisor and its surroundings; tests let processes die there.
 */
export async function runLauncher(surround: Surround = (host) => host): Promise<void> {
  optimizeLate();
  // Not process.stdout: its writes would block this process while the engine is stopped.
  const toEngine = new Socket({ fd: 1, readable: false });
  const fromEngine = new Socket({ fd: 0 });
  toEngine.on('error', () => {});
  let outgoing = '';

  process.on('uncaughtException', (error) => {
    report({ type: 'failed', t: Date.now(), message: error.stack ?? error.message });
    sendReports();
    toEngine.end(() => process.exit(70));
  });

  // A signal meant for every Node.js process of the machine must not cost the exit status of jobs.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});

  const posix = await posixProcesses();
  let supervisor: Supervisor | undefined;
  let orders: Order[] = [];
  const takeOrders = lineSplitter((line) => orders.push(JSON.parse(line) as Order));
  fromEngine.on('data', (chunk: Buffer) => {
    takeOrders(chunk);
    const taken = orders;
    orders = [];
    if (supervisor === undefined) supervisor = supervise(taken.shift() as ServeOrder);
    supervisor.obey(taken as Exclude<Order, ServeOrder>[]);
  });
  fromEngine.on('error', leave);
  fromEngine.on('close', leave);

  function leave(): void {
    if (supervisor === undefined) process.exit(0);
    supervisor.orphan();
  }

  function supervise(order: ServeOrder): Supervisor {
    const { run_folder: runFolder, attempt, spawner, open_files: openFiles } = order;
    // The portable spawner waits for its children through Node.js, and nobody else may do so then.
    const fast = spawner === 'fast' ? posix : undefined;
    if (openFiles !== undefined) (fast?.limitOpenFiles ?? lowerOpenFileLimit)(openFiles);
    const log = new RecordLog(join(runFolder, `launch.${attempt}.ndjson`));
    log.append([birthRecord(fast === undefined ? 'portable' : 'fast')]);
    const { spawn, orphans } = fast?.spawner() ?? { spawn: portableSpawner, orphans: undefined };
    const host: SupervisorHost = {
      spawner: spawn,
      spools: new SpoolPool(runFolder, attempt, order.spool_bytes_max),
      census: processCensus(orphans),
      log,
      report,
      done: () => setImmediate(() => toEngine.end(() => process.exit(0))),
      nowMs: Date.now,
    };
    return new Supervisor(surround(host, order));
  }

  /** What is reported in one turn leaves in one write: each one wakes the engine. */
  function report(record: LaunchRecord): void {
    if (outgoing === '') process.nextTick(sendReports);
    outgoing += `${JSON.stringify(record)}\n`;
  }

  function sendReports(): void {
    toEngine.write(outgoing);
    outgoing = '';
  }
}

function birthRecord(spawner: SpawnerName): LaunchRecord {
  const { pid, ticks, bootId, host } = processIdentity();
  return {
    type: 'launcher',
    v: 1,
    t: Date.now(),
    pid,
    ...(ticks === undefined ? {} : { ticks }),
    ...(bootId === undefined ? {} : { boot_id: bootId }),
    host,
    spawner,
  };
}
