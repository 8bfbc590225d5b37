import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '@executioner/core';
import { type History, openHistory } from '../../src/history/index.ts';
import type { JournalEvent } from '../../src/journal/index.ts';
import { attemptFiles } from '../../src/runs/index.ts';

/** A state folder for one test. */
export interface Rig {
  readonly stateFolder: string;
  nowMs: number;
  open(): Promise<History>;
  /** Writes the journal of an attempt, and a configuration beside it. */
  record(run: number, jobs: readonly Sketch[], options?: RecordOptions): void;
  remove(): Promise<void>;
}

export interface Sketch extends Partial<Pick<Job, 'command' | 'description' | 'tags'>> {
  readonly id: string;
  /** Default: succeeded. */
  readonly status?: string;
  readonly durationMs?: number;
  readonly hash?: string;
}

export interface RecordOptions {
  readonly application?: string;
  readonly attempt?: number;
  readonly startedAtMs?: number;
  /** Leave the run without its end. */
  readonly open?: boolean;
  readonly workingDir?: string;
}

export const startMs = Date.parse('2026-01-02T03:04:05.000Z');

export function makeRig(): Rig {
  const stateFolder = mkdtempSync(join(tmpdir(), 'history-'));
  const opened: History[] = [];
  const rig: Rig = {
    stateFolder,
    nowMs: startMs + 86_400_000,
    async open() {
      const history = await openHistory({ stateFolder, nowMs: () => rig.nowMs });
      opened.push(history);
      return history;
    },
    record(run, jobs, options = {}) {
      const folder = join(stateFolder, 'runs', String(run));
      mkdirSync(folder, { recursive: true });
      const files = attemptFiles(folder, options.attempt ?? 1);
      const { application = 'app', workingDir = join(stateFolder, 'work') } = options;
      writeFileSync(
        files.config,
        JSON.stringify({
          applicationName: application,
          workingDir,
          logDir: 'logs',
          jobs: jobs.map(({ id, command = `run ${id}`, description = '', tags = [] }) => ({
            id,
            command,
            description,
            tags,
          })),
        }),
      );
      writeFileSync(files.journal, journalText(run, jobs, options));
    },
    async remove() {
      for (const history of opened) history.close();
      rmSync(stateFolder, { recursive: true, force: true });
    },
  };
  return rig;
}

export function journalText(run: number, jobs: readonly Sketch[], options: RecordOptions = {}): string {
  return events(run, jobs, options)
    .map((event) => `${JSON.stringify(event)}\n`)
    .join('');
}

function events(run: number, jobs: readonly Sketch[], options: RecordOptions): JournalEvent[] {
  const { application = 'app', attempt = 1, startedAtMs = startMs + run * 60_000, open = false } = options;
  let m = 0;
  const drafts: object[] = [
    {
      type: 'run.started',
      m,
      plan_hash: 'p',
      seed: 1,
      application,
      jobs: jobs.length,
      workers: 1,
      options: { file: '/w.yaml' },
      engine: { engine_pid: 1, boot_id: 'another', host: hostname(), version: '0' },
    },
  ];
  const counts: Record<string, number> = {};
  for (const { id, status = 'succeeded', durationMs = 1000, hash } of jobs) {
    counts[status] = (counts[status] ?? 0) + 1;
    const fact = { job: id, round: 1, try: 1 };
    if (status === 'skipped') {
      drafts.push({ type: 'job.skipped', m, ...fact, try: 0, reason: 'stopped' });
      continue;
    }
    drafts.push({
      type: 'job.starting',
      m,
      ...fact,
      token: `${run}.${id}`,
      command_hash: 'c',
      ...(hash === undefined ? {} : { definition_hash: hash }),
      limit_ms: 1000,
    });
    m += durationMs;
    drafts.push({ type: 'job.exited', m, ...fact, end: { exit_code: status === 'succeeded' ? 0 : 3 } });
    drafts.push({ type: 'job.finished', m, ...fact, status, duration_ms: durationMs, tries: 1 });
  }
  const failed = Object.keys(counts).some((status) => status !== 'succeeded' && status !== 'skipped');
  if (!open) {
    const outcome = failed ? 'failed' : 'succeeded';
    drafts.push({ type: 'run.finished', m, outcome, exit_code: failed ? 1 : 0, counts });
  }
  return drafts.map((draft, index) => {
    const t = new Date(startedAtMs + (draft as { m: number }).m).toISOString();
    return { v: 1, seq: index + 1, t, run, attempt, ...draft } as JournalEvent;
  });
}
