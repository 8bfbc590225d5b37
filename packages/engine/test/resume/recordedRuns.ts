import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '@executioner/core';
import type { Rig, Running } from '../run/rig.ts';

/** A run that has really happened, as its files tell it. */
export interface RecordedRun {
  readonly name: string;
  readonly configuration: Configuration;
  /** Absolute. */
  readonly folder: string;
  readonly journal: Buffer;
  /** Lines of the launch records. */
  readonly records: readonly string[];
}

interface Scenario {
  readonly jobs: readonly object[];
  readonly settings?: object;
  readonly skip?: readonly string[];
  /** What people do meanwhile. */
  readonly meddle?: (run: Running, make: (file: string) => void) => Promise<void>;
}

const onceFailing = (file: string) => `mkdir ${file} 2>/dev/null && exit 1; exit 0`;
const quick = { retry_delay: 0.01, retry_jitter: 0 };

/** Between them: retries, checks, a time limit, cleanup jobs, locks, skips, cancel, marks, changes, a second round. */
const scenarios: Readonly<Record<string, Scenario>> = {
  'retries, checks and a time limit': {
    jobs: [
      { id: 'made', command: 'touch file', post_checks: [{ name: 'file_exists', params: { path: 'file' } }] },
      { id: 'retried', command: onceFailing('r1'), max_retries: 2, ...quick, dependencies: ['made'] },
      {
        id: 'checked',
        command: 'echo ok',
        dependencies: ['made'],
        pre_checks: [{ name: 'file_exists', params: { path: 'file' } }],
        post_checks: [{ name: 'output_contains', params: { text: 'ok' } }],
      },
      { id: 'slow', command: 'exec sleep 60', timeout: 0.1, grace_period: 5, allow_failure: true },
      {
        id: 'missed',
        command: 'true',
        pre_checks: [{ name: 'file_exists', params: { path: 'no' } }],
        allow_failure: true,
      },
      { id: 'nowhere', command: 'true', working_dir: '/no/such/folder', allow_failure: true },
      { id: 'last', command: 'true', dependencies: ['retried', 'checked'] },
    ],
    settings: { parallel: true, max_workers: 3 },
  },
  'a stop with cleanup jobs and locks': {
    jobs: [
      { id: 'first', command: 'true', locks: ['db'] },
      { id: 'bad', command: 'exit 3', dependencies: ['first'], locks: ['db', 'disk'] },
      {
        id: 'cleanup',
        command: onceFailing('c1'),
        max_retries: 1,
        ...quick,
        locks: ['db'],
        dependencies: [{ job: 'bad', when: 'failure' }],
      },
      { id: 'always', command: 'true', dependencies: [{ job: 'cleanup', when: 'always' }] },
      { id: 'after', command: 'true', dependencies: ['bad'] },
      { id: 'never', command: 'true' },
    ],
  },
  'going on after failures, with skips': {
    jobs: [
      { id: 'a', command: 'exit 1' },
      { id: 'b', command: 'true', dependencies: ['a'] },
      { id: 'c', command: 'true', dependencies: ['b'] },
      { id: 'off', command: 'true', enabled: false },
      { id: 'skipped', command: 'true' },
      { id: 'd', command: 'true', dependencies: ['off', 'skipped'], resources: { cpu: 2 } },
      { id: 'e', command: 'true', resources: { cpu: 2 } },
      { id: 'leaves', command: 'sleep 0.1 & true' },
    ],
    settings: { parallel: true, max_workers: 4, on_failure: 'continue', resources: { cpu: 2 } },
    skip: ['skipped'],
  },
  'a person who meddles, and cancels': {
    jobs: [
      { id: 'gate', command: 'until [ -e go ]; do sleep 0.01; done' },
      { id: 'marked', command: 'exit 1', dependencies: ['gate'] },
      { id: 'again', command: onceFailing('a1'), allow_failure: true },
      { id: 'changed', command: 'false', dependencies: ['gate'] },
      { id: 'held', command: 'true', dependencies: ['changed'] },
      { id: 'long', command: 'exec sleep 60', dependencies: ['held', 'marked'] },
      { id: 'behind', command: 'true', dependencies: ['long'] },
    ],
    settings: { parallel: true, max_workers: 2 },
    async meddle(run, make) {
      run.hold('held');
      run.mark('marked');
      await run.next('job.finished', 'again');
      run.retry('again');
      run.modify('changed', { command: 'true' });
      run.pause();
      run.setWorkers(3);
      run.resume();
      make('go');
      await run.next('job.finished', 'changed');
      run.release('held');
      await run.next('job.started', 'long');
      run.cancel('SIGINT');
    },
  },
};

/** Lets it all happen, one run after the other. */
export async function recordRuns(rig: Rig): Promise<RecordedRun[]> {
  const recorded: RecordedRun[] = [];
  for (const [name, { jobs, settings, skip = [], meddle }] of Object.entries(scenarios)) {
    const configuration = rig.configuration(jobs, settings);
    const run = rig.start(configuration, { skip });
    await meddle?.(run, (file) => writeFileSync(join(rig.folder, file), ''));
    await run.result;
    recorded.push({
      name,
      configuration,
      folder: run.folder,
      journal: readFileSync(join(run.folder, 'journal.1.ndjson')),
      records: existsSync(join(run.folder, 'launch.1.ndjson'))
        ? readFileSync(join(run.folder, 'launch.1.ndjson'), 'utf8').split('\n').slice(0, -1)
        : [],
    });
  }
  return recorded;
}
