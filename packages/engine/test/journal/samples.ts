import type { Event, JournalEvent } from '../../src/journal/index.ts';

/** Ids that are hard to write: quotes, control characters, a lone surrogate, more than ASCII. */
export const jobIds: readonly string[] = [
  'extract',
  'load "x"\\\n',
  'größe ☃ \u{1f600}',
  '\ud800',
  '__proto__',
];

const fact = { m: 12, job: 1, round: 1, try: 2 };
const engine = { engine_pid: 7, ticks: 99, boot_id: 'b-1', host: 'höst', version: '0.1.0' };

type OfType<E, K> = E extends { readonly type: infer T } ? (K extends T ? E : never) : never;
type Samples = { readonly [K in JournalEvent['type']]: readonly OfType<Event, K>[] };

/** Each type of event, with and without what is optional; the compiler keeps it complete. */
const samples = {
  'run.started': [
    {
      type: 'run.started',
      m: 0,
      plan_hash: 'abc',
      seed: 1,
      application: 'nightly "ü"',
      jobs: 5,
      workers: 8,
      options: { parallel: true, skip: ['a'] },
      engine,
    },
    {
      type: 'run.started',
      m: 0,
      plan_hash: '',
      seed: 0,
      application: '',
      jobs: 0,
      workers: 1,
      options: {},
      engine: { engine_pid: 1, host: 'h', version: 'v' },
    },
  ],
  'run.adopted': [{ type: 'run.adopted', m: 1, from_attempt: 1, engine }],
  'run.paused': [{ type: 'run.paused', m: 2, by: 'user' }],
  'run.resumed': [{ type: 'run.resumed', m: 3, by: 'a "b"\n' }],
  'run.changed': [{ type: 'run.changed', m: 3, workers: 2, by: 'cli' }],
  'run.stopping': [
    { type: 'run.stopping', m: 4, why: 'failure', by: 'job', job: 2 },
    { type: 'run.stopping', m: 4, why: 'cancel', by: 'SIGTERM' },
    { type: 'run.stopping', m: 4, why: 'kill', by: 'SIGINT' },
  ],
  'run.finished': [
    { type: 'run.finished', m: 9, outcome: 'failed', exit_code: 1, counts: { succeeded: 3, failed: 1 } },
    { type: 'run.finished', m: 9, outcome: 'succeeded', exit_code: 0, counts: {} },
  ],
  'lock.requested': [{ type: 'lock.requested', ...fact, locks: ['db', 'a "b"'] }],
  'lock.granted': [{ type: 'lock.granted', ...fact, locks: [] }],
  'lock.lost': [{ type: 'lock.lost', ...fact, locks: ['db'] }],
  'check.started': [{ type: 'check.started', ...fact, phase: 'pre', index: 0, name: 'check "x"' }],
  'check.finished': [
    { type: 'check.finished', ...fact, phase: 'post', index: 1, name: 'n', ok: true },
    {
      type: 'check.finished',
      ...fact,
      phase: 'pre',
      index: 0,
      name: 'n',
      ok: false,
      values: { path: '/a "b"', exists: false },
      message: 'gone',
    },
  ],
  'job.approving': [{ type: 'job.approving', ...fact }],
  'job.approved': [{ type: 'job.approved', ...fact, by: 'user' }],
  'job.starting': [
    { type: 'job.starting', ...fact, token: '12.1.1.1.2', command_hash: 'f00', limit_ms: 10_800_000 },
    {
      type: 'job.starting',
      ...fact,
      token: '12.1.1.1.2',
      command_hash: 'f00',
      definition_hash: 'd0e',
      limit_ms: 0,
    },
  ],
  'job.started': [
    { type: 'job.started', ...fact, pid: 4711, ticks: 123_456_789 },
    { type: 'job.started', ...fact, job: 3, pid: 1 },
  ],
  'job.adopted': [
    { type: 'job.adopted', ...fact, from_attempt: 1, pid: 3, ticks: 4, age_ms: 1000 },
    { type: 'job.adopted', ...fact, from_attempt: 1, age_ms: 0 },
  ],
  'job.output': [{ type: 'job.output', ...fact }],
  'job.warning': [{ type: 'job.warning', ...fact, what: 'slow', after_ms: 5000 }],
  'job.signalled': [{ type: 'job.signalled', ...fact, signal: 'SIGTERM', why: 'time_limit' }],
  'job.exited': [
    { type: 'job.exited', ...fact, end: { exit_code: 0, cpu_ms: 5, max_rss_kb: 2048 } },
    { type: 'job.exited', ...fact, end: { signal: 'SIGKILL' } },
    { type: 'job.exited', ...fact, end: { exit_code: 3 } },
  ],
  'job.failed_to_start': [
    { type: 'job.failed_to_start', ...fact, error: { errno: 'ENOENT', message: 'no "such" folder' } },
  ],
  'job.lost': [{ type: 'job.lost', ...fact }],
  'job.retrying': [{ type: 'job.retrying', ...fact, status: 'failed', delay_ms: 30_000 }],
  'job.due': [{ type: 'job.due', ...fact, job: 2 }],
  'job.finished': [
    { type: 'job.finished', ...fact, status: 'succeeded', duration_ms: 1234, tries: 2 },
    { type: 'job.finished', ...fact, job: 4, status: 'failed', reason: 'allowed', duration_ms: 0, tries: 0 },
  ],
  'job.skipped': [
    { type: 'job.skipped', ...fact, reason: 'dependency', because: 0 },
    { type: 'job.skipped', ...fact, reason: 'disabled' },
  ],
  'job.kept': [
    { type: 'job.kept', ...fact, status: 'succeeded', reason: 'marked', from_attempt: 1 },
    { type: 'job.kept', ...fact, status: 'skipped', from_attempt: 2 },
  ],
  'job.leftover': [{ type: 'job.leftover', ...fact, pids: [1, 2] }],
  'job.modified': [{ type: 'job.modified', ...fact, patch: { command: 'x "y"', timeout: 3 }, by: 'user' }],
  'job.marked': [{ type: 'job.marked', ...fact, by: 'cli' }],
  'job.held': [{ type: 'job.held', ...fact, by: 'user' }],
  'job.released': [{ type: 'job.released', ...fact, by: 'user' }],
  'job.reset': [{ type: 'job.reset', ...fact, by: 'user' }],
} satisfies Samples;

export const sampleEvents: readonly Event[] = Object.values(samples).flat();
