import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { simulate } from '../../src/drivers/index.ts';
import { definitionHasher, stateKey } from '../../src/history/index.ts';
import {
  type Event,
  fold,
  type JournalEvent,
  lineSerializer,
  parseJournal,
} from '../../src/journal/index.ts';
import { findFates, type LaunchFates } from '../../src/launcher/index.ts';
import type { LaunchRecord } from '../../src/launcher/protocol.ts';
import { type Decision, decideResume, inheritanceOf } from '../../src/resume/decision.ts';
import { foldStandings } from '../../src/resume/standing.ts';
import {
  evolve,
  initialState,
  makePlan,
  type Plan,
  type State,
  viewJob,
  withJobNumbers,
} from '../../src/scheduler/index.ts';
import { makeRig, type Rig } from '../run/rig.ts';
import { openLedger } from '../scheduler/ledger.ts';
import { randomPlan } from '../scheduler/randomPlan.ts';
import { live, wild } from '../scheduler/world.ts';
import { type RecordedRun, recordRuns } from './recordedRuns.ts';

test('a replay of what the journal holds stands where the live run stood, after every input', () => {
  fc.assert(
    fc.property(randomPlan(), fc.integer(), (plan, seed) => {
      const serialize = lineSerializer({ run: 1, attempt: 1, jobIds: plan.ids });
      const replayed = initialState(plan);
      let seq = 0;
      const watch = (state: State, events: readonly Event[]): void => {
        const lines = events.map((event) => serialize(event, ++seq, 0)).join('');
        for (const event of parseJournal(Buffer.from(lines)).events)
          evolve(replayed, plan, withJobNumbers(event, plan));
        expect(replayed).toEqual(state);
      };
      live(plan, { seed, temper: wild, watch });
    }),
    { numRuns: 40 },
  );
});

let rig: Rig;
let runs: readonly RecordedRun[];
const scratch = mkdtempSync(join(tmpdir(), 'executioner-cuts-'));
beforeAll(async () => {
  rig = makeRig();
  runs = await recordRuns(rig);
});
afterAll(() => {
  rig.remove();
  rmSync(scratch, { recursive: true, force: true });
});

/** The plan of a resume of the run. */
function nextPlan({ configuration }: RecordedRun): Plan {
  const definitionHash = definitionHasher(stateKey(join(rig.folder, 'state')), configuration);
  return makePlan(configuration, { run: 1, attempt: 2, definitionHash });
}

/** What can be found out about the tries when only the first of the launch records are there. */
function fatesAfter({ records }: RecordedRun, count: number): Promise<LaunchFates> {
  const journal = join(scratch, 'journal.1.ndjson');
  const path = join(scratch, 'launch.1.ndjson');
  writeFileSync(journal, '');
  rmSync(path, { force: true });
  if (count > 0)
    writeFileSync(
      path,
      records
        .slice(0, count)
        .map((line) => `${line}\n`)
        .join(''),
    );
  return findFates(scratch, { attempts: [1], waitMs: 0 });
}

function decided(plan: Plan, events: readonly JournalEvent[], fates: LaunchFates): readonly Decision[] {
  const standings = foldStandings([{ attempt: 1, events }], fates.launched);
  return decideResume(plan, standings, fates).decisions;
}

describe('journals of real runs', () => {
  test('cut at any byte: what is read is all whole lines before it, and what a resume decides follows from these', async () => {
    for (const run of runs) {
      const plan = nextPlan(run);
      const fates = await fatesAfter(run, run.records.length);
      const whole = parseJournal(run.journal).events;
      let bytesRead = 0;
      for (let count = 0; count <= whole.length; count++) {
        const events = whole.slice(0, count);
        const decisions = JSON.stringify(decided(plan, events, fates));
        const nextEnd =
          count === whole.length ? run.journal.length + 1 : run.journal.indexOf(0x0a, bytesRead) + 1;
        for (let cut = bytesRead; cut < nextEnd; cut++) {
          const read = parseJournal(run.journal.subarray(0, cut));
          const severities = read.findings.map(({ severity, code }) => `${severity} ${code}`);
          const seen = {
            events: read.events.length,
            last: read.events.at(-1)?.seq,
            severities,
            decisions: JSON.stringify(decided(plan, read.events, fates)),
          };
          const torn = cut === bytesRead ? [] : ['warning torn_tail'];
          const should = { events: count, last: events.at(-1)?.seq, severities: torn, decisions };
          if (JSON.stringify(seen) !== JSON.stringify(should))
            expect({ cut, ...seen }).toEqual({ cut, ...should });
        }
        bytesRead = nextEnd;
      }
    }
  });

  test('the state that a replay of any prefix gives is what the view of the run tells', () => {
    for (const run of runs) {
      const plan = { ...nextPlan(run), attempt: 1 };
      const { events } = parseJournal(run.journal);
      const state = initialState(plan);
      events.forEach((event, index) => {
        evolve(state, plan, withJobNumbers(event, plan));
        const seen = fold(events.slice(0, index + 1));
        for (const [id, { outcome, reason }] of seen.jobs) {
          const view = viewJob(state, plan.numberById.get(id)!);
          const at = event.seq;
          expect({ id, at, outcome: view.outcome, reason: view.reason }).toEqual({ id, at, outcome, reason });
        }
        expect(state.finished).toBe(seen.phase === 'finished');
      });
    }
  });

  test('cut anywhere, with the launch records cut anywhere: every resume is legal', async () => {
    let resumes = 0;
    for (const run of runs) {
      const plan = nextPlan(run);
      const { events } = parseJournal(run.journal);
      for (let records = 0; records <= run.records.length; records++) {
        const fates = await fatesAfter(run, records);
        const known = knownOf(run.records.slice(0, records).map((line) => JSON.parse(line) as LaunchRecord));
        for (let count = 0; count <= events.length; count++) {
          const place = `${run.name}: ${count} events, ${records} records`;
          assertLegal(place, plan, events.slice(0, count), known, fates);
          resumes += 1;
        }
      }
    }
    expect(resumes).toBeGreaterThan(2000);
  });
});

/** What launch records prove of tokens. */
interface Known {
  readonly jobOf: ReadonlyMap<string, string>;
  readonly ends: ReadonlyMap<string, number>;
}

function knownOf(records: readonly LaunchRecord[]): Known {
  const jobOf = new Map<string, string>();
  const ends = new Map<string, number>();
  for (const record of records) {
    if (record.type === 'launching') jobOf.set(record.token, record.job);
    if (record.type === 'exited') ends.set(record.token, record.status);
  }
  return { jobOf, ends };
}

function assertLegal(
  place: string,
  plan: Plan,
  events: readonly JournalEvent[],
  known: Known,
  fates: LaunchFates,
): void {
  const decisions = decided(plan, events, fates);
  const broken = (promise: string) =>
    new Error(`Broken: ${promise} (${place}): ${JSON.stringify(decisions)}`);
  if (decisions.map(({ job }) => job).join() !== plan.ids.join()) throw broken('no job is lost');

  const started = new Set<string>();
  const ledger = openLedger(plan);
  const { state } = simulate(plan, {
    inherited: inheritanceOf(decisions, 1, 0),
    collect: false,
    onEvent(event) {
      ledger.read(event);
      if (event.type !== 'job.starting') return;
      started.add(plan.ids[event.job]!);
      if (known.jobOf.has(event.token)) throw broken('a token that was launched is not launched again');
    },
  });
  if (!state.finished) throw broken('the resumed run comes to its end');

  const outcomes = fold(events).jobs;
  const isDone = (id: string): boolean => {
    const outcome = outcomes.get(id)?.outcome;
    if (outcome !== undefined) return outcome === 'succeeded';
    const latest = latestToken(id, events, known);
    return latest !== undefined && !latest.wasSignalled && known.ends.get(latest.token) === 0;
  };
  const stands = (id: string): boolean => {
    const { dependencies, command } = plan.jobs[plan.numberById.get(id)!]!;
    const wasChanged = events.some((event) => event.type === 'job.modified' && event.job === id);
    return command !== '' && !wasChanged && isDone(id) && dependencies.every(({ job }) => stands(job));
  };
  for (const id of plan.ids) {
    const decision = decisions[plan.numberById.get(id)!]!;
    if (stands(id) && started.has(id)) throw broken(`"${id}", which has ended well, does not run again`);
    if (decision.action === 'keep' && !isDone(id)) throw broken(`"${id}" is not kept without its success`);
    const latest = latestToken(id, events, known);
    const isOpen = outcomes.get(id)?.outcome === undefined && latest !== undefined && !latest.hasEnded;
    const mayHaveRun = isOpen && known.jobOf.has(latest.token) && !known.ends.has(latest.token);
    const isErrored = mayHaveRun && fates.of(latest.token).kind === 'errored';
    if (mayHaveRun && !isErrored && !(decision.action === 'take_over' && decision.why === 'unknown'))
      throw broken(`"${id}", whose end nobody knows, is said to be unknown`);
  }
}

/** The latest try of a job: by the journal, or by the launch records where the journal does not have it. */
function latestToken(id: string, events: readonly JournalEvent[], { jobOf }: Known) {
  const own = events.filter((event) => 'round' in event && event.job === id);
  const tokens = own.flatMap((event) => (event.type === 'job.starting' ? [event.token] : []));
  const unwritten = [...jobOf].filter(([token, job]) => job === id && !tokens.includes(token));
  const token = unwritten.at(-1)?.[0] ?? tokens.at(-1);
  if (token === undefined) return undefined;
  const since = own.slice(
    own.findIndex((event) => event.type === 'job.starting' && event.token === token) + 1,
  );
  const isWritten = tokens.includes(token);
  const types = isWritten ? since.map(({ type }) => type) : [];
  return {
    token,
    hasEnded: types.some((type) => ['job.exited', 'job.failed_to_start', 'job.lost'].includes(type)),
    wasSignalled: types.includes('job.signalled'),
  };
}
