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

/** What a look at the process table sees of the job; undecided where it cannot be told. */
type Look = readonly Member[] | 'undecided';

/** A supervisor that has launched one job: what is left of it in one look after the other, and its family in each. */
function launched(
  looks: readonly Look[] = [],
  families: readonly (readonly Member[])[] = [[member(8)]],
): Rig {
  const told: LaunchRecord[] = [];
  const recorded: LaunchRecord[] = [];
  const signals: string[] = [];
  let job: SpawnListener | undefined;
  let look = 0;
  let familyLook = 0;
  const host = {
    spawner: (_: unknown, listener: SpawnListener) => {
      job = listener;
    },
    spools: { take: () => ({ fd: 0, path: 'spool', end: 0 }), giveBack: () => false },
    census: {
      leftovers() {
        const seen = looks[look++] ?? [];
        return {
          byToken: new Map([['t', seen === 'undecided' ? [] : seen]]),
          isUndecided: seen === 'undecided',
        };
      },
      family: () => families[familyLook++] ?? [],
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

const member = (pid: number, isEnding = false): Member => ({ pid, group: 1, startTicks: 1, isEnding });

/** No process has it. */
const pid = 4_000_000;

/** The record of the job's end. */
function endAfter(...looks: readonly Look[]): LaunchRecord | undefined {
  const { job, told } = launched(looks);
  job().started(pid, false);
  job().exited({ status: 15 });
  jest.advanceTimersByTime(5000);
  return told.find(({ type }) => type === 'exited');
}

test('a process that is just dying is no leftover', () => {
  expect(endAfter([member(7)], [])).not.toHaveProperty('leftovers');
});

test('one that is still there a moment later is', () => {
  expect(endAfter([member(7)], [member(7)], [])).toMatchObject({ leftovers: [7] });
});

test('one that was killed has as much time to go as it needs', () => {
  const killed = [member(7, true)];
  expect(endAfter([member(7)], killed, killed, killed, killed, [])).not.toHaveProperty('leftovers');
});

test('one that was killed and never goes is a leftover in the end', () => {
  expect(endAfter(...Array.from({ length: 100 }, () => [member(7, true)]))).toMatchObject({ leftovers: [7] });
});

test('one of which it cannot be told yet whose it is, is waited for', () => {
  expect(endAfter('undecided', 'undecided', [member(7)])).toMatchObject({ leftovers: [7] });
  expect(endAfter('undecided', [])).not.toHaveProperty('leftovers');
});

test('an end without leftovers is told at once', () => {
  expect(endAfter([], [member(7)])).not.toHaveProperty('leftovers');
});

test('a signal to a job whose process is being made waits for it', () => {
  const { supervisor, job, signals } = launched();
  supervisor.obey([{ do: 'signal', token: 't', signal: 'SIGTERM' }]);
  expect(signals).toEqual([]);
  job().started(pid, false);
  expect(signals).toEqual(['SIGTERM 8']);
});

test('SIGKILL goes to what turns up meanwhile too, any other signal once to each', () => {
  const families = [
    [member(8)],
    [member(8, true), member(9)],
    [member(8, true), member(9, true)],
    [member(10)],
  ];
  const signalled = (signal: NodeJS.Signals) => {
    const { supervisor, job, signals } = launched([], families);
    job().started(pid, false);
    supervisor.obey([{ do: 'signal', token: 't', signal }]);
    return signals;
  };
  expect(signalled('SIGKILL')).toEqual(['SIGKILL 8', 'SIGKILL 9']);
  expect(signalled('SIGTERM')).toEqual(['SIGTERM 8']);
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
