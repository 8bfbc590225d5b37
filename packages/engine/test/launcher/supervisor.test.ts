import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Member } from '../../src/launcher/processCensus.ts';
import type { LaunchRecord } from '../../src/launcher/protocol.ts';
import type { SpawnListener } from '../../src/launcher/spawner.ts';
import { Supervisor, type SupervisorHost } from '../../src/launcher/supervisor.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

interface Rig {
  readonly supervisor: Supervisor;
  /** The listener of the job's process, once it is being made. */
  job(): SpawnListener;
  readonly told: LaunchRecord[];
  readonly recorded: LaunchRecord[];
  readonly signals: string[];
}

const order = {
  do: 'launch',
  token: 't',
  run: 1,
  job: 'a',
  try: 1,
  argv: ['x'],
  cwd: '/',
  env: 0,
  limit_ms: 0,
  grace_ms: 0,
} as const;

/** A supervisor that has launched one job, where the looks at the process table see these members of it. */
function launched(looks: readonly (readonly Member[])[] = []): Rig {
  const told: LaunchRecord[] = [];
  const recorded: LaunchRecord[] = [];
  const signals: string[] = [];
  let job: SpawnListener | undefined;
  let look = 0;
  const host = {
    spawner: (_: unknown, listener: SpawnListener) => {
      job = listener;
    },
    spools: { take: () => ({ fd: 0, path: 'spool', end: 0 }), giveBack: () => false },
    census: {
      leftovers: () => new Map([['t', [...(looks[look++] ?? [])]]]),
      family: () => [{ pid: 8, group: 8, startTicks: 1 }],
      signal: ({ pid }: Member, signal: string) => signals.push(`${signal} ${pid}`),
    },
    log: {
      append(records: readonly LaunchRecord[], done?: (offset: number) => void) {
        recorded.push(...records);
        done?.(0);
      },
    },
    report: (record: LaunchRecord) => told.push(record),
    done() {},
    nowMs: () => 0,
  } as unknown as SupervisorHost;
  const supervisor = new Supervisor(host);
  supervisor.obey([order]);
  return { supervisor, job: () => job!, told, recorded, signals };
}

/** No process has it. */
const pid = 4_000_000;

/** The record of the job's end. */
function endAfter(...looks: readonly (readonly Member[])[]): LaunchRecord | undefined {
  const { job, told } = launched(looks);
  job().started(pid, false);
  job().exited({ status: 15 });
  jest.advanceTimersByTime(1000);
  return told.find(({ type }) => type === 'exited');
}

const child: Member = { pid: 7, group: 1, startTicks: 1 };

test('a process that is just dying is no leftover', () => {
  expect(endAfter([child], [])).not.toHaveProperty('leftovers');
});

test('one that is still there a moment later is', () => {
  expect(endAfter([child], [child])).toMatchObject({ leftovers: [7] });
});

test('an end without leftovers is told at once', () => {
  expect(endAfter([], [child])).not.toHaveProperty('leftovers');
});

test('a signal to a job whose process is being made waits for it', () => {
  const { supervisor, job, signals } = launched();
  supervisor.obey([{ do: 'signal', token: 't', signal: 'SIGTERM' }]);
  expect(signals).toEqual([]);
  job().started(pid, false);
  expect(signals).toEqual(['SIGTERM 8']);
});

test('no start is recorded after the record that the engine is gone', () => {
  const { supervisor, job, recorded } = launched();
  supervisor.orphan();
  job().started(pid, false);
  expect(recorded.map(({ type }) => type)).toEqual(['launching', 'started', 'orphaned']);
});

test('a process that could not be made does not hold up that record', () => {
  const { supervisor, job, recorded } = launched();
  supervisor.orphan();
  job().errored({ errno: 'ENOENT', message: 'nothing there' });
  expect(recorded.map(({ type }) => type)).toEqual(['launching', 'orphaned', 'errored', 'ended']);
});
