import { describe, expect, test } from '@jest/globals';
import {
  applyEvent,
  type Event,
  emptyRun,
  fold,
  type JournalEvent,
  journalEvent,
} from '../../src/journal/index.ts';
import { jobIds, sampleEvents } from './samples.ts';

const epochMs = Date.UTC(2026, 0, 1);

/** The events of an attempt; the wall clock runs wild, as only `m` counts. */
function journal(
  events: readonly Event[],
  { attempt = 1, firstSeq = 1, ids = ['a', 'b', 'c'] } = {},
): JournalEvent[] {
  return events.map((event, index) => {
    const wallMs = epochMs + (index === 0 ? attempt * 1_000_000 + event.m : 7 * index);
    const envelope = {
      v: 1,
      seq: firstSeq + index,
      t: new Date(wallMs).toISOString(),
      run: 12,
      attempt,
    } as const;
    return journalEvent(event, envelope, ids);
  });
}

const startMs = epochMs + 1_000_000;
const of = (job: number, m: number, tried = 1, round = 1) => ({ job, m, round, try: tried });
const runStarted: Event = {
  type: 'run.started',
  m: 0,
  plan_hash: 'p',
  seed: 1,
  application: 'nightly',
  jobs: 3,
  workers: 2,
  options: {},
  engine: { engine_pid: 1, host: 'h', version: 'v' },
};
const starting = (job: number, m: number, tried = 1, round = 1): Event => ({
  type: 'job.starting',
  ...of(job, m, tried, round),
  token: `t${job}.${round}.${tried}`,
  command_hash: 'h',
  limit_ms: 1000,
});
const started = (job: number, m: number, tried = 1, round = 1): Event => ({
  type: 'job.started',
  ...of(job, m, tried, round),
  pid: 100 + tried,
});
const exited = (job: number, m: number, exit_code: number, tried = 1, round = 1): Event => ({
  type: 'job.exited',
  ...of(job, m, tried, round),
  end: { exit_code },
});
const finished = (job: number, m: number, status: 'succeeded' | 'failed', tried = 1, round = 1): Event => ({
  type: 'job.finished',
  ...of(job, m, tried, round),
  status,
  duration_ms: m,
  tries: tried,
});

describe('the view of a run', () => {
  const events: Event[] = [
    runStarted,
    { type: 'check.started', ...of(0, 5, 0), phase: 'pre', index: 0, name: 'file' },
    {
      type: 'check.finished',
      ...of(0, 8, 0),
      phase: 'pre',
      index: 0,
      name: 'file',
      ok: true,
      values: { path: '/x' },
    },
    starting(0, 10),
    started(0, 12),
    starting(1, 15),
    started(1, 16),
    exited(0, 100, 1),
    { type: 'job.retrying', ...of(0, 101), status: 'failed', delay_ms: 50 },
    { type: 'job.warning', ...of(1, 120), what: 'slow', after_ms: 104 },
    { type: 'job.due', ...of(0, 151) },
    starting(0, 152, 2),
    started(0, 153, 2),
    { type: 'job.signalled', ...of(1, 160), signal: 'SIGTERM', why: 'time_limit' },
    { type: 'job.exited', ...of(1, 170), end: { signal: 'SIGTERM' } },
    finished(1, 171, 'failed'),
    { type: 'run.stopping', m: 172, why: 'failure', by: 'b', job: 1 },
    { type: 'job.skipped', ...of(2, 173, 0), reason: 'dependency', because: 1 },
    exited(0, 200, 0, 2),
    finished(0, 201, 'succeeded', 2),
    { type: 'run.finished', m: 202, outcome: 'failed', exit_code: 1, counts: { succeeded: 1 } },
  ];

  test('has each job with its tries, checks and outcome, in monotonic time', () => {
    const { jobs, ...run } = fold(journal(events));
    const at = (m: number) => startMs + m;
    const quiet = { signals: [], warnings: [] };
    expect(run).toEqual({
      run: 12,
      application: 'nightly',
      attempts: [
        {
          attempt: 1,
          startedAtMs: at(0),
          lastEventAtMs: at(202),
          endedAtMs: at(202),
          workers: 2,
          engine: { engine_pid: 1, host: 'h', version: 'v' },
          outcome: 'failed',
          exitCode: 1,
          stopping: { why: 'failure', by: 'b', job: 'b' },
        },
      ],
      phase: 'finished',
      workers: 2,
      jobCount: 3,
      outcome: 'failed',
      exitCode: 1,
      stopping: { why: 'failure', by: 'b', job: 'b' },
      occupancy: [
        { worker: 0, job: 'a', fromMs: at(5), toMs: at(101) },
        { worker: 1, job: 'b', fromMs: at(15), toMs: at(171) },
        { worker: 0, job: 'a', fromMs: at(152), toMs: at(201) },
      ],
      busy: [undefined, undefined],
      nowMs: at(202),
      lastSeq: events.length,
    });
    const first = { attempt: 1, round: 1 };
    expect([...jobs.values()]).toEqual([
      {
        id: 'a',
        phase: 'done',
        ...first,
        outcome: 'succeeded',
        outcomeAttempt: 1,
        startedAtMs: at(5),
        endedAtMs: at(201),
        durationMs: 201,
        held: false,
        leftovers: [],
        earlierChecks: [],
        checks: [
          {
            ...first,
            phase: 'pre',
            index: 0,
            name: 'file',
            try: 0,
            startedAtMs: at(5),
            endedAtMs: at(8),
            ok: true,
            values: { path: '/x' },
          },
        ],
        tries: [
          {
            ...first,
            try: 1,
            token: 't0.1.1',
            startedAtMs: at(10),
            endedAtMs: at(100),
            closedAtMs: at(101),
            outcome: 'failed',
            limitMs: 1000,
            pid: 101,
            end: { exit_code: 1 },
            delayMs: 50,
            ...quiet,
          },
          {
            ...first,
            try: 2,
            token: 't0.1.2',
            startedAtMs: at(152),
            endedAtMs: at(200),
            closedAtMs: at(201),
            outcome: 'succeeded',
            limitMs: 1000,
            pid: 102,
            end: { exit_code: 0 },
            ...quiet,
          },
        ],
      },
      {
        id: 'b',
        phase: 'done',
        ...first,
        outcome: 'failed',
        outcomeAttempt: 1,
        startedAtMs: at(15),
        endedAtMs: at(171),
        durationMs: 171,
        held: false,
        leftovers: [],
        checks: [],
        earlierChecks: [],
        tries: [
          {
            ...first,
            try: 1,
            token: 't1.1.1',
            startedAtMs: at(15),
            endedAtMs: at(170),
            closedAtMs: at(171),
            outcome: 'failed',
            limitMs: 1000,
            pid: 101,
            end: { signal: 'SIGTERM' },
            signals: [{ atMs: at(160), signal: 'SIGTERM', why: 'time_limit' }],
            warnings: [{ atMs: at(120), what: 'slow' }],
          },
        ],
      },
      {
        id: 'c',
        phase: 'done',
        attempt: 0,
        round: 0,
        outcome: 'skipped',
        outcomeAttempt: 1,
        reason: 'dependency',
        because: 'b',
        endedAtMs: at(173),
        held: false,
        leftovers: [],
        checks: [],
        earlierChecks: [],
        tries: [],
      },
    ]);
  });

  test('grows event by event to the same', () => {
    const state = emptyRun();
    for (const event of journal(events)) applyEvent(state, event);
    expect(state).toEqual(fold(journal(events)));
  });

  test('in the middle says what is going on', () => {
    const { jobs, busy, phase } = fold(journal(events.slice(0, 14)));
    expect([...jobs.values()].map(({ id, phase: jobPhase }) => [id, jobPhase])).toEqual([
      ['a', 'running'],
      ['b', 'stopping'],
    ]);
    expect([phase, busy]).toEqual([
      'running',
      [
        { worker: 0, job: 'a', fromMs: startMs + 152 },
        { worker: 1, job: 'b', fromMs: startMs + 15 },
      ],
    ]);
  });

  test('knows pauses, workers, holds and leftovers', () => {
    const state = fold(
      journal([
        runStarted,
        { type: 'run.paused', m: 1, by: 'user' },
        { type: 'run.changed', m: 2, workers: 7, by: 'user' },
        { type: 'job.held', ...of(0, 3, 0), by: 'user' },
        { type: 'job.leftover', ...of(1, 4), pids: [7, 8] },
      ]),
    );
    const { phase, workers, jobs } = state;
    expect([phase, workers, jobs.get('a')!.held, jobs.get('b')!.leftovers]).toEqual([
      'paused',
      7,
      true,
      [7, 8],
    ]);
    applyEvent(state, journal([{ type: 'run.resumed', m: 9, by: 'user' }])[0]!);
    expect(state.phase).toBe('running');
  });

  test('of a job opened again has its first round and its second', () => {
    const { jobs } = fold(
      journal([
        runStarted,
        starting(0, 10),
        exited(0, 20, 1),
        finished(0, 21, 'failed'),
        { type: 'job.reset', ...of(0, 30, 0, 2), by: 'user' },
        starting(0, 40, 1, 2),
        exited(0, 50, 0, 1, 2),
        finished(0, 51, 'succeeded', 1, 2),
      ]),
    );
    const { outcome, round, startedAtMs, tries } = jobs.get('a')!;
    expect({ outcome, round, startedAtMs, tries: tries.map((each) => [each.round, each.end]) }).toEqual({
      outcome: 'succeeded',
      round: 2,
      startedAtMs: startMs + 40,
      tries: [
        [1, { exit_code: 1 }],
        [2, { exit_code: 0 }],
      ],
    });
  });

  test('of a second attempt keeps what it says is kept and opens the rest', () => {
    const first = journal([
      runStarted,
      starting(0, 10),
      finished(0, 20, 'succeeded'),
      starting(1, 30),
      started(1, 31),
    ]);
    const second = journal(
      [
        runStarted,
        { type: 'job.kept', ...of(0, 1), status: 'succeeded', from_attempt: 1 },
        starting(1, 5),
        finished(1, 9, 'succeeded'),
      ],
      { attempt: 2, firstSeq: 6 },
    );
    const between = fold(first);
    expect([between.jobs.get('b')!.phase, between.busy.length]).toEqual(['running', 1]);
    const { jobs, attempts, occupancy, busy } = fold([...first, ...second]);
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(
      [...jobs.values()].map(({ id, outcome, attempt, durationMs }) => ({
        id,
        outcome,
        attempt,
        durationMs,
      })),
    ).toEqual([
      { id: 'a', outcome: 'succeeded', attempt: 1, durationMs: 20 },
      { id: 'b', outcome: 'succeeded', attempt: 2, durationMs: 9 },
    ]);
    expect(occupancy.map(({ job, fromMs, toMs }) => [job, fromMs - startMs, toMs! - startMs])).toEqual([
      ['a', 10, 20],
      ['b', 30, 31],
      ['b', 1_000_005, 1_000_009],
    ]);
    expect(busy).toEqual([undefined]);
  });

  test('of a job that a resume took over tells one try, who took it over, and where each outcome comes from', () => {
    const checked = { phase: 'pre', index: 0, name: 'file' } as const;
    const first = journal([
      runStarted,
      { type: 'check.started', ...of(0, 5, 0), ...checked },
      { type: 'check.finished', ...of(0, 6, 0), ...checked, ok: true },
      starting(0, 10),
      started(0, 11),
      finished(1, 20, 'succeeded'),
    ]);
    const second = journal(
      [
        runStarted,
        { type: 'job.kept', ...of(1, 1), status: 'succeeded', from_attempt: 1 },
        { type: 'job.adopted', ...of(0, 2), from_attempt: 1, pid: 101, age_ms: 5 },
        exited(0, 30, 0),
        finished(0, 31, 'succeeded'),
      ],
      { attempt: 2, firstSeq: 7 },
    );
    const { jobs } = fold([...first, ...second]);
    const { tries, outcomeAttempt, checks, earlierChecks } = jobs.get('a')!;
    expect(tries).toMatchObject([
      {
        attempt: 1,
        startedAtMs: startMs + 10,
        adoptions: [{ attempt: 2, atMs: startMs + 1_000_002 }],
        closedAtMs: startMs + 1_000_031,
        outcome: 'succeeded',
      },
    ]);
    expect([outcomeAttempt, jobs.get('b')!.outcomeAttempt]).toEqual([2, 1]);
    expect([checks, earlierChecks.map(({ attempt, ok }) => [attempt, ok])]).toEqual([[], [[1, true]]]);
  });

  test('of a crashed machine tells the lost try', () => {
    const { jobs } = fold(
      journal([
        runStarted,
        starting(0, 1),
        started(0, 2),
        { type: 'job.lost', ...of(0, 9) },
        { type: 'job.failed_to_start', ...of(1, 10), error: { errno: 'ENOENT', message: 'm' } },
      ]),
    );
    expect([jobs.get('a')!.tries[0]!.lost, jobs.get('b')!.tries]).toEqual([true, []]);
  });

  test('takes every type of event, in whatever order', () => {
    const all = journal(sampleEvents, { ids: [...jobIds] });
    for (const events of [all, [...all].reverse()]) expect(() => fold(events)).not.toThrow();
  });

  test('of a type that the fold forgot is our bug', () => {
    const strange = { ...journal([runStarted])[0]!, type: 'run.teleported' } as unknown as JournalEvent;
    expect(() => fold([strange])).toThrow('Internal error: the fold does not know');
  });
});
