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

/** The record of a job's end, where the looks at the process table see these members of it, one after the other. */
function endAfter(...looks: readonly (readonly Member[])[]): LaunchRecord | undefined {
  const told: LaunchRecord[] = [];
  let job: SpawnListener | undefined;
  let look = 0;
  const host = {
    spawner: (_: unknown, listener: SpawnListener) => {
      job = listener;
      return 4_000_000;
    },
    spools: { take: () => ({ fd: 0, path: 'spool', end: 0 }), giveBack: () => false },
    census: { leftovers: () => new Map([['t', [...(looks[look++] ?? [])]]]), family: () => [], signal() {} },
    log: { append: (_: unknown, done?: (offset: number) => void) => done?.(0) },
    report: (record: LaunchRecord) => told.push(record),
    done() {},
    nowMs: () => 0,
  } as unknown as SupervisorHost;
  const supervisor = new Supervisor(host);
  const order = {
    do: 'launch',
    token: 't',
    run: 1,
    job: 'a',
    try: 1,
    argv: ['x'],
    cwd: '/',
    env: 0,
  } as const;
  supervisor.obey([{ ...order, limit_ms: 0, grace_ms: 0 }]);
  job!.exited({ status: 15 });
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
