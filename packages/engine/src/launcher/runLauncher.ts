import { Socket } from 'node:net';
import { join } from 'node:path';
import { optimizeLate } from '../optimizeLate.ts';
import { processIdentity } from '../runs/processIdentity.ts';
import type { SpawnerName } from './launcher.ts';
import { lineSplitter } from './lines.ts';
import { lowerOpenFileLimit } from './openFileLimit.ts';
import { posixSpawner } from './posixSpawner.ts';
import { processCensus } from './processCensus.ts';
import type { LaunchRecord, Order } from './protocol.ts';
import { RecordLog } from './recordLog.ts';
import { portableSpawner } from './spawner.ts';
import { SpoolPool } from './spoolPool.ts';
import { Supervisor, type SupervisorHost } from './supervisor.ts';

/**
 * Is the launcher's process until that ends. `args`: run folder, attempt, largest spool in bytes, open files or empty,
 * spawner. `surround` may put something between the supervisor and its surroundings; tests let processes die there.
 */
export async function runLauncher(
  args: readonly string[],
  surround: (host: SupervisorHost) => SupervisorHost = (host) => host,
): Promise<void> {
  optimizeLate();
  const [runFolder = '', attempt = '', spoolBytesMax = '', openFiles = '', spawnerName = ''] = args;

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

  if (openFiles !== '') lowerOpenFileLimit(Number(openFiles));
  // After the last child of Node.js's own: from here on SIGCHLD belongs to the fast spawner.
  const fast = spawnerName === 'fast' ? await posixSpawner() : undefined;

  const log = new RecordLog(join(runFolder, `launch.${attempt}.ndjson`));
  log.append([birthRecord(fast === undefined ? 'portable' : 'fast')]);

  const supervisor = new Supervisor(
    surround({
      spawner: fast?.spawn ?? portableSpawner,
      spools: new SpoolPool(runFolder, Number(attempt), Number(spoolBytesMax)),
      census: processCensus(fast?.orphans),
      log,
      report,
      done: () => setImmediate(() => toEngine.end(() => process.exit(0))),
      nowMs: Date.now,
    }),
  );

  let orders: Order[] = [];
  const takeOrders = lineSplitter((line) => orders.push(JSON.parse(line) as Order));
  fromEngine.on('data', (chunk: Buffer) => {
    takeOrders(chunk);
    const taken = orders;
    orders = [];
    supervisor.obey(taken);
  });
  fromEngine.on('error', () => supervisor.orphan());
  fromEngine.on('close', () => supervisor.orphan());

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
