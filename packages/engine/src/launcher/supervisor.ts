import type { StartError } from '../journal/event.ts';
import { bootId, processStat } from '../runs/processIdentity.ts';
import { type MainProcess, type Member, type ProcessCensus, signalJob } from './processCensus.ts';
import type {
  ErroredRecord,
  ExitedRecord,
  LaunchOrder,
  LaunchRecord,
  Order,
  ServeOrder,
} from './protocol.ts';
import type { RecordLog } from './recordLog.ts';
import type { Environment, Reaped, Spawner } from './spawner.ts';
import type { SpoolFile, SpoolPool } from './spoolPool.ts';
import { enforceLimit } from './timeLimit.ts';

/** The launcher's surroundings. */
export interface SupervisorHost {
  readonly spawner: Spawner;
  readonly spools: SpoolPool;
  readonly census: ProcessCensus;
  readonly log: Pick<RecordLog, 'append' | 'read'>;
  /** Tells the engine. */
  report(record: LaunchRecord): void;
  /** All work is done: the launcher may go. */
  done(): void;
  nowMs(): number;
}

interface Job extends MainProcess {
  readonly order: LaunchOrder;
  readonly spool: SpoolFile;
  readonly offset: number;
  readonly startedMs: number;
}

interface Ended {
  readonly job: Job;
  readonly reaped: Reaped;
}

/** An order with the environment that its number meant when it came. */
interface Launch {
  readonly order: LaunchOrder;
  readonly env: Environment;
}

/** Keeps the processes of a run: starts them, records their ends, and minds their time limits once it is alone. */
export class Supervisor {
  readonly #host: SupervisorHost;
  readonly #environments = new Map<number, Environment>();
  readonly #running = new Map<string, Job>();
  readonly #endOffsets = new Map<string, number>();
  readonly #leftovers = new Map<string, { readonly job: Job; readonly members: readonly Member[] }>();
  #reaped: Ended[] = [];
  /** Tokens whose start is recorded as intended, with the signals that wait for it; and those whose end is being recorded. */
  readonly #starting = new Map<string, NodeJS.Signals[]>();
  readonly #ending = new Set<string>();
  /** Starts of which it is not known yet whether they succeed. */
  #spawning = 0;
  #orphaned = false;
  #orphanedRecorded = false;
  #closed = false;
  #left = false;
  readonly #bootId = bootId();

  constructor(host: SupervisorHost) {
    this.#host = host;
  }

  /** Carries out what the engine has sent in one piece. */
  obey(orders: readonly Exclude<Order, ServeOrder>[]): void {
    let launches: Launch[] = [];
    for (const order of orders) {
      switch (order.do) {
        case 'environment':
          this.#environments.set(order.id, order.env);
          break;
        case 'launch':
          if (this.#admit(order)) launches.push({ order, env: this.#environments.get(order.env) ?? {} });
          break;
        case 'signal':
          this.#launch(launches);
          launches = [];
          this.#signal(order.token, order.signal);
          break;
        case 'close':
          this.#closed = true;
      }
    }
    this.#launch(launches);
    this.#leaveWhenDone();
  }

  /** The engine is gone: nothing new starts, time limits are enforced from here. */
  orphan(): void {
    if (this.#orphaned) return;
    this.#orphaned = true;
    this.#closed = true;
    this.#recordOrphaned();
    for (const job of this.#running.values()) this.#enforceLimit(job);
    this.#leaveWhenDone();
  }

  /** Whoever reads that record may rely on no start following it. */
  #recordOrphaned(): void {
    if (!this.#orphaned || this.#orphanedRecorded || this.#spawning > 0) return;
    this.#orphanedRecorded = true;
    this.#host.log.append([{ type: 'orphaned', t: this.#host.nowMs() }]);
  }

  /** A token that has ended is answered with its old record, one that is under way with nothing. */
  #admit({ token }: LaunchOrder): boolean {
    if (this.#orphaned || this.#starting.has(token) || this.#running.has(token) || this.#ending.has(token))
      return false;
    const endOffset = this.#endOffsets.get(token);
    if (endOffset !== undefined) this.#host.report(this.#host.log.read(endOffset));
    else this.#starting.set(token, []);
    return endOffset === undefined;
  }

  /** Each gets its spool first, so that the record of a start that comes to nothing says where its output is. */
  #launch(launches: readonly Launch[]): void {
    if (launches.length === 0) return;
    this.#spawning += launches.length;
    const t = this.#host.nowMs();
    const prepared = launches.map((launch) => ({ launch, spool: this.#takeSpool(launch.order) }));
    const intents = prepared.map(({ launch: { order }, spool }) => ({
      type: 'launching' as const,
      t,
      token: order.token,
      job: order.job,
      ...('fd' in spool ? { spool: spool.path, offset: spool.end } : {}),
    }));
    this.#host.log.append(intents, () => {
      for (const { launch, spool } of prepared) {
        if ('fd' in spool) this.#spawn(launch.order, launch.env, spool);
        else this.#notStarted(launch.order.token, spool);
      }
    });
  }

  #takeSpool(order: LaunchOrder): SpoolFile | StartError {
    try {
      return this.#host.spools.take(order.spool);
    } catch (error) {
      const { code = 'EIO', message } = error as NodeJS.ErrnoException;
      return { errno: code, message: `the output file cannot be made: ${message}` };
    }
  }

  #spawn(order: LaunchOrder, env: Launch['env'], spool: SpoolFile): void {
    let job: Job | undefined;
    this.#host.spawner(
      {
        argv: order.argv,
        cwd: order.cwd,
        shown: order.shown,
        env,
        ownEnv: variablesOf(order),
        outputFd: spool.fd,
      },
      {
        started: (pid, hasEnded) => {
          job = this.#started(order, spool, pid, hasEnded);
          this.#spawned();
        },
        exited: (reaped) => this.#exited(job!, reaped),
        errored: (error) => {
          this.#host.spools.giveBack(spool, false);
          this.#notStarted(order.token, error);
        },
      },
    );
  }

  #notStarted(token: string, error: StartError): void {
    this.#spawned();
    this.#errored(token, error);
  }

  #spawned(): void {
    this.#spawning--;
    this.#recordOrphaned();
  }

  #started(order: LaunchOrder, spool: SpoolFile, pid: number, hasEnded: boolean): Job {
    const { token } = order;
    const ticks = hasEnded && this.#bootId !== undefined ? ticksOfNone : processStat(pid)?.startTicks;
    const startTicks = ticks === undefined ? {} : { ticks };
    const job: Job = {
      token,
      pid,
      ...startTicks,
      order,
      spool,
      offset: spool.end,
      startedMs: this.#host.nowMs(),
    };
    const signals = this.#starting.get(token) ?? [];
    this.#running.set(token, job);
    this.#starting.delete(token);
    this.#tell({
      type: 'started',
      t: job.startedMs,
      token,
      pid,
      ...startTicks,
      ...(this.#bootId === undefined ? {} : { boot_id: this.#bootId }),
      spool: spool.path,
      offset: spool.end,
    });
    for (const signal of signals) this.#signal(token, signal);
    if (this.#orphaned) this.#enforceLimit(job);
    return job;
  }

  #errored(token: string, error: StartError): void {
    this.#starting.delete(token);
    this.#ending.add(token);
    this.#tellEnd({ type: 'errored', t: this.#host.nowMs(), token, ...error });
  }

  /** Ends that come together are settled together: one look at the process table serves them all. */
  #exited(job: Job, reaped: Reaped): void {
    this.#running.delete(job.token);
    this.#ending.add(job.token);
    if (this.#reaped.push({ job, reaped }) === 1) setImmediate(() => this.#settle());
  }

  #settle(): void {
    const ended = this.#reaped;
    this.#reaped = [];
    this.#settleAll(ended, 1);
  }

  /**
   * A signal to a whole job reaches its main process first: what is just dying is no leftover. It gets a moment to go by
   * itself, and many if it was killed and waits for a processor.
   */
  #settleAll(ended: readonly Ended[], look: number): void {
    const { byToken, isUndecided } = this.#host.census.leftovers(
      ended.map(({ job }) => job),
      [...this.#running.values()],
    );
    const suspects = ended.filter(({ job, reaped }) => {
      const members = byToken.get(job.token) ?? [];
      if (members.length > 0) this.#leftovers.set(job.token, { job, members });
      else this.#leftovers.delete(job.token);
      const mayGo = members.length > 0 && (look === 1 || members.some(({ isEnding }) => isEnding));
      if ((mayGo || isUndecided) && look < looksMax) return true;
      this.#settleOne(job, reaped, members);
      return false;
    });
    if (suspects.length > 0) setTimeout(() => this.#settleAll(suspects, look + 1), dyingMs);
  }

  #settleOne(job: Job, { status, cpuMs, maxRssKb }: Reaped, members: readonly Member[]): void {
    const { token, spool, offset } = job;
    const retired = this.#host.spools.giveBack(spool, members.length > 0);
    this.#tellEnd({
      type: 'exited',
      t: this.#host.nowMs(),
      token,
      status,
      ...(cpuMs === undefined ? {} : { cpu_ms: cpuMs }),
      ...(maxRssKb === undefined ? {} : { max_rss_kb: maxRssKb }),
      spool: spool.path,
      offset,
      spool_end: spool.end,
      ...(retired ? { spool_retired: true as const } : {}),
      ...(members.length > 0 ? { leftovers: members.map(({ pid }) => pid) } : {}),
    });
  }

  /** The main process is an unreaped child of ours while it is in `#running`, so its pid and group are its own. */
  #signal(token: string, signal: NodeJS.Signals): void {
    this.#starting.get(token)?.push(signal);
    const running = this.#running.get(token);
    const left = this.#leftovers.get(token);
    const main = running ?? left?.job;
    if (main === undefined) return;
    const job = { main, known: left?.members ?? [], ownsGroup: running !== undefined };
    signalJob(this.#host.census, job, signal);
  }

  #enforceLimit(job: Job): void {
    const { limit_ms: limitMs, grace_ms: graceMs } = job.order;
    enforceLimit(
      { limitMs, graceMs, startedMs: job.startedMs },
      {
        nowMs: this.#host.nowMs,
        isRunning: () => this.#running.has(job.token),
        stop: (signal) => this.#signalAlone(job, signal),
      },
    );
  }

  #signalAlone({ token }: Job, signal: NodeJS.Signals): void {
    this.#host.log.append([{ type: 'signalled', t: this.#host.nowMs(), token, signal }]);
    this.#signal(token, signal);
  }

  #tell(record: LaunchRecord): void {
    this.#host.log.append([record], () => this.#host.report(record));
  }

  #tellEnd(record: ExitedRecord | ErroredRecord): void {
    this.#host.log.append([record], (offset) => {
      this.#endOffsets.set(record.token, offset);
      this.#ending.delete(record.token);
      this.#host.report(record);
      this.#leaveWhenDone();
    });
  }

  #leaveWhenDone(): void {
    if (!this.#closed || this.#left || this.#running.size + this.#starting.size + this.#ending.size > 0)
      return;
    this.#left = true;
    this.#host.log.append([{ type: 'ended', t: this.#host.nowMs() }], () => this.#host.done());
  }
}

function variablesOf({ run, job, try: tried, token }: LaunchOrder): Environment {
  return {
    EXECUTIONER_RUN: `${run}`,
    EXECUTIONER_JOB: job,
    EXECUTIONER_TRY: `${tried}`,
    EXECUTIONER_TOKEN: token,
  };
}

/** Of a process that had ended before it could be looked at: its pid must not be taken for that of a later one. */
const ticksOfNone = 0;

const dyingMs = 50;
const looksMax = 40;
