import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Configuration } from '@executioner/core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { simulate } from '../../../src/drivers/index.ts';
import { fold, type JournalEvent, journalEvent } from '../../../src/journal/index.ts';
import { makePlan } from '../../../src/scheduler/index.ts';
import {
  type FactPlace,
  type LogFact,
  type LoggedRun,
  loggedEvents,
  millisecondStamp,
  names,
  parseLogName,
  readTextLogs,
  secondStamp,
  type TextLogSurvey,
  textLog,
  textLogParser,
} from '../../../src/textlogs/index.ts';
import { check, type JobSketch, retries, workflow } from '../../scheduler/workflow.ts';

const corpus = fileURLToPath(new URL('../../../../../../shared/corpus/v1', import.meta.url));
const withCorpus = existsSync(corpus) ? describe : describe.skip;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'executioner-textlogs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A fact with its place, and the id of its job. */
type ReadFact = FactPlace & { readonly type: LogFact['type'] };

/** A fact as it stays: its command as a text. */
function told(fact: LogFact) {
  if (fact.type === 'job.command') expect(fact.command.end).toBeLessThanOrEqual(fact.command.bytes.length);
  const command =
    fact.type === 'job.command'
      ? fact.command.bytes.toString('utf8', fact.command.start, fact.command.end)
      : undefined;
  return { ...fact, command };
}

/** What the parser makes of a text, given in pieces of `size` bytes. */
function factsOf(
  text: string,
  { run, job, size = 1 << 16 }: { run?: number; job?: string; size?: number } = {},
) {
  const jobs = names();
  const facts: ReadFact[] = [];
  const idOf = (number: number | undefined) => (number === undefined ? {} : { job: jobs.text(number) });
  const parser = textLogParser({
    run,
    job,
    jobs,
    onFact: (fact, place) =>
      facts.push({ ...place, ...told(fact), ...('job' in fact ? idOf(fact.job) : {}) }),
  });
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) {
    // A buffer that is overwritten afterwards, as a reader with one buffer does it.
    const piece = Buffer.from(bytes.subarray(start, start + size));
    parser.push(piece);
    piece.fill(0x58);
  }
  const survey: TextLogSurvey = parser.end();
  return { facts, survey };
}

// From the logs of version 1 (github.com/shwetalj/executioner), shortened.
const runLog = `2026-11-23 02:27:54 - INFO - Created run summary for run ID: 3
2026-11-23 02:27:54 - INFO - Starting job 'good'
2026-11-23 02:27:54 - INFO - Running job: good Command: python3 ok.py 10
2026-11-23 02:27:54 - INFO - Job 'good' completed successfully in 0.13 seconds
2026-11-23 02:27:54 - INFO - Starting job 'slow'
2026-11-23 02:27:54 - INFO - Running job: slow Command: python3 slow.py
2026-11-23 02:28:04 - ERROR - Job slow timed out after 10 seconds (timeout=10).
2026-11-23 02:28:05 - ERROR - Job slow failed after 1 attempts.
2026-11-23 02:28:05 - WARNING - Job slow failed but continuing.
2026-11-23 02:28:05 - WARNING - The following jobs were not completed: next
2026-11-23 02:28:05 - INFO - Updated run summary for run ID: 3 with status: FAILED
2026-11-23 02:28:06 - ERROR - Failed to send notification email: [Errno 111] Connection refused
`;

describe('the parser of text logs', () => {
  test('finds the same facts however the text is cut', () => {
    const whole = factsOf(runLog);
    expect(whole.facts.map(({ type, line, run }) => [line, type, run])).toEqual([
      [1, 'run.started', 3],
      [2, 'job.started', 3],
      [3, 'job.command', 3],
      [4, 'job.succeeded', 3],
      [5, 'job.started', 3],
      [6, 'job.command', 3],
      [7, 'job.timed_out', 3],
      [8, 'job.failed', 3],
      [10, 'run.incomplete', 3],
      [11, 'run.finished', 3],
      [12, 'problem', 3],
    ]);
    for (const size of [1, 7, 64, 1000]) expect(factsOf(runLog, { size })).toEqual(whole);
    for (const fact of whole.facts) {
      expect(runLog.slice(fact.byteOffset).split('\n')[0]).toBe(runLog.split('\n')[fact.line - 1]);
    }
    expect(whole.survey).toMatchObject({
      lines: 12,
      linesByKind: { run: 12, application: 0, job: 0 },
      strayLines: 0,
      isTorn: false,
      firstAtMs: new Date(2026, 10, 23, 2, 27, 54).getTime(),
      lastAtMs: new Date(2026, 10, 23, 2, 28, 6).getTime(),
    });
  });

  test('tells the runs of an application log apart, and leaves out what belongs to none', () => {
    const text = `2026-11-23 02:27:52 - INFO - [RUN #main] Initialized run ID: 4, attempt: 2
2026-11-23 02:27:52 - INFO - [RUN #4] Starting job 'a'
2026-11-23 02:27:52 - INFO - [RUN #5] Starting job 'a'
2026-11-23 02:27:53 - ERROR - [RUN #main] Circular dependencies detected in job configuration
`;
    expect(factsOf(text).facts.map(({ from, type, run }) => [from, type, run])).toEqual([
      ['application', 'run.initialized', 4],
      ['application', 'job.started', 4],
      ['application', 'job.started', 5],
      ['application', 'problem', undefined],
    ]);
  });

  test('reads what a terminal showed, carriage returns and unusual ids too', () => {
    const text =
      "2026-11-23 02:27:54 - INFO - Starting job 'größer > it's'\r\n" +
      "2026-11-23 02:27:55 - \u001b[31mERROR\u001b[0m - Job größer > it's failed after 2 attempts.\r\n";
    expect(factsOf(text).facts).toMatchObject([
      { type: 'job.started', job: "größer > it's" },
      { type: 'job.failed', job: "größer > it's", tries: 2 },
    ]);
  });

  test('tells lines of one kind from the next, though they begin alike', () => {
    const lines = [
      '2026-11-23 02:27:54 - INFO - Created run summary for run ID: 3',
      '2026-11-23 02:27:54 - INFO - [RUN #4] Created run summary for run ID: 4',
      "2026-11-23 02:27:54 - INFO - [RUN #4] Starting job 'a'",
      "2026-11-23 02:27:54 - INFO - [RUN #47] Starting job 'a'",
      "2026-11-23 02:27:54 - INFO - Starting job 'a'",
      '2026-11-23 02:27:54,123 - INFO - Executing job - b: make',
      '2026-11-23 02:27:54,123 - ERROR - Job b: FAILED with exit code 2',
      "2026-11-23 02:28:01 - INFO - Starting job 'c'",
    ];
    for (const size of [1 << 16, 30]) {
      const { facts, survey } = factsOf(`${lines.join('\n')}\n`, { size });
      expect(facts.map(({ type, from, run }) => `${type} ${from} ${run}`)).toEqual([
        'run.started run 3',
        'run.started application 4',
        'job.started application 4',
        'job.started application 47',
        'job.started run 3',
        'job.command job undefined',
        'job.wrote job undefined',
        'job.exited job undefined',
        'job.started run 3',
      ]);
      expect(facts[7]!.atMs - facts[0]!.atMs).toBe(123);
      expect(facts[8]!.atMs - facts[0]!.atMs).toBe(7000);
      expect(survey.linesByKind).toEqual({ run: 3, application: 3, job: 2 });
    }
  });

  test('keeps the beginning of a line, and of a command, that has no end', () => {
    const long = 'x'.repeat(1 << 21);
    const text = `2026-11-23 02:27:54 - INFO - Running job: a Command: ${long}
${long}
2026-11-23 02:27:55 - INFO - Job 'a' completed successfully in 1.00 seconds
`;
    for (const size of [1 << 16, 1 << 23]) {
      const { facts, survey } = factsOf(text, { size });
      expect(facts.map(({ type, line }) => [type, line])).toEqual([
        ['job.command', 1],
        ['job.succeeded', 3],
      ]);
      const { command = '' } = facts[0] as { command?: string };
      expect(command.length).toBeGreaterThan(1 << 20);
      expect(command.length).toBeLessThan((1 << 20) + (1 << 17));
      expect(survey).toMatchObject({ lines: 3, strayLines: 0, bytes: text.length });
    }
  });

  test('keeps so much of the further lines of a command', () => {
    const line = 'y'.repeat(50_000);
    const text = `2026-11-23 02:27:54 - INFO - Running job: a Command: begin
${line}
${line}
${line}
2026-11-23 02:27:55 - INFO - Job 'a' completed successfully in 1.00 seconds
`;
    const [fact] = factsOf(text).facts as { command?: string }[];
    expect(fact?.command).toBe(`begin\n${line}\n${'y'.repeat((1 << 16) - 50_002)}`);
  });

  test('joins the lines of a command', () => {
    const text = `2026-11-23 02:27:54 - INFO - Running job: a Command: cd /tmp
make
2026-11-23 02:27:55 - INFO - Job 'a' completed successfully in 1.00 seconds
`;
    expect(factsOf(text).facts[0]).toMatchObject({ type: 'job.command', command: 'cd /tmp\nmake' });
    expect(factsOf(text).survey.strayLines).toBe(0);
  });

  test('does not believe what a job prints', () => {
    const text = `2026-11-23 02:27:54,100 - INFO - Executing job - a: cat log
2026-11-23 02:27:54,200 - INFO - Job b: SUCCESS
2026-11-23 02:27:54,200 - INFO - Job a: FAILED with exit code 3
2026-11-23 02:27:54,200 - INFO - 2026-11-23 02:27:54 - INFO - Job 'a' completed successfully in 1.00 seconds
2026-11-23 02:27:54,300 - ERROR - Job a: FAILED with exit code 1
`;
    expect(factsOf(text).facts.map(({ line, type }) => [line, type])).toEqual([
      [1, 'job.command'],
      [2, 'job.wrote'],
      [5, 'job.exited'],
    ]);
  });

  test('says what is wrong with a text', () => {
    expect(factsOf(runLog.slice(0, -20)).survey.isTorn).toBe(true);
    expect(factsOf('# notes\n\n2026-1-1 bad - INFO - x\n').survey).toMatchObject({
      strayLines: 2,
      firstStrayLine: 1,
    });
    expect(factsOf(`${runLog}${'\0'.repeat(300)}`).survey).toMatchObject({ hasZeros: true, strayLines: 1 });
    expect(factsOf('').survey).toMatchObject({ lines: 0, firstAtMs: undefined, lastAtMs: undefined });
  });

  test('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(11), (noise, line) => {
        const lines = runLog.split('\n');
        const text = Buffer.concat([
          Buffer.from(lines.slice(0, line).join('\n')),
          noise,
          Buffer.from(lines.slice(line).join('\n')),
        ]);
        const parser = textLogParser({ onFact: () => undefined });
        parser.push(text);
        expect(parser.end().bytes).toBe(text.length);
      }),
    );
  });
});

test('names of log files are read back', () => {
  expect(parseLogName('logs/executioner.nightly.run-12.log')).toEqual({ application: 'nightly', run: 12 });
  expect(parseLogName('executioner.a.b.job-x.job-y.run-3.log.gz')).toEqual({
    application: 'a.b',
    job: 'x.job-y',
    run: 3,
  });
  expect(parseLogName('executioner.n%C3%A4chtlich.log.2')).toEqual({ application: 'nächtlich', rotation: 2 });
  expect(parseLogName('executioner.app.run-main.log')).toEqual({ application: 'app' });
  expect(parseLogName('run_123.log')).toEqual({ run: 123 });
  expect(parseLogName('server.log')).toEqual({});
});

/** Writes the logs that a simulated run would leave. */
async function writtenAndRead(
  configuration: Configuration,
  exitCodes: readonly number[],
  chosen: { readonly withRunLog: boolean },
): Promise<{ readonly events: JournalEvent[]; readonly runs: LoggedRun[] }> {
  const plan = makePlan(configuration, { parallel: true, workers: 2, onFailure: 'continue' });
  const ids = configuration.jobs.map(({ id }) => id);
  const log = textLog(configuration.jobs);
  const originMs = new Date(2026, 0, 2, 3, 4, 5).getTime();
  const events: JournalEvent[] = [];
  const texts = new Map<string, string>();
  const add = (name: string, text: string) => texts.set(name, (texts.get(name) ?? '') + text);
  const { events: simulated } = simulate(plan, {
    durationMs: (job, tried) => 500 + 700 * job + 100 * tried,
    fate: (job, tried) => ({
      kind: 'exited',
      end: { exit_code: exitCodes[(job * 3 + tried) % exitCodes.length] ?? 0 },
    }),
    check: (job) => exitCodes[job % exitCodes.length] !== 3,
  });
  simulated.forEach((event, index) => {
    const wallMs = originMs + event.m;
    const envelope = { v: 1, seq: index + 1, t: new Date(wallMs).toISOString(), run: 7, attempt: 1 } as const;
    const line = journalEvent(
      event.type === 'run.started' ? { ...event, application: 'app', options: { parallel: true } } : event,
      envelope,
      ids,
    );
    events.push(line);
    for (const { to, level, message, job, atMs } of log.lines(line)) {
      if (to === 'job')
        add(`executioner.app.job-${job}.run-7.log`, `${millisecondStamp(atMs)} - ${level} - ${message}\n`);
      if (to === 'run') add('executioner.app.run-7.log', `${secondStamp(atMs)} - ${level} - ${message}\n`);
    }
  });
  const paths: string[] = [];
  for (const [name, text] of texts) {
    if (name.includes('.job-') || chosen.withRunLog) {
      writeFileSync(join(folder, name), text);
      paths.push(join(folder, name));
    }
  }
  return { events, runs: (await readTextLogs(paths)).runs };
}

const sketches = fc.array(
  fc.record({
    needs: fc.boolean(),
    maxRetries: fc.nat(2),
    preCheck: fc.boolean(),
    postCheck: fc.boolean(),
    limited: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

function jobsOf(drawn: readonly SketchDrawn[]): JobSketch[] {
  return drawn.map(({ needs, maxRetries, preCheck, postCheck, limited }, index) => ({
    id: `j${index}`,
    needs: needs && index > 0 ? [`j${index - 1}`] : [],
    retry: { ...retries(maxRetries), maxRetryTimeMs: 3_600_000 },
    preChecks: preCheck ? [check('before')] : [],
    postChecks: postCheck ? [check('after')] : [],
    ...(limited ? { timeLimit: { kind: 'fixed', limitMs: 2000 } as const } : {}),
  }));
}

interface SketchDrawn {
  readonly needs: boolean;
  readonly maxRetries: number;
  readonly preCheck: boolean;
  readonly postCheck: boolean;
  readonly limited: boolean;
}

describe('the logs of a run, read back', () => {
  test('tell the outcomes, tries, exit codes and times that its journal tells', async () => {
    await fc.assert(
      fc.asyncProperty(
        sketches,
        fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }),
        async (drawn, codes) => {
          const configuration = workflow(jobsOf(drawn), {
            applicationName: 'app',
            parallel: true,
            maxWorkers: 2,
          });
          const { events, runs } = await writtenAndRead(configuration, codes, { withRunLog: true });
          const truth = fold(events);
          const [run] = runs;
          expect(runs).toHaveLength(1);
          expect(run).toMatchObject({ application: 'app', run: 7, outcome: truth.outcome, workers: 2 });
          const again = fold(loggedEvents(run!));
          for (const { id, outcome, tries, durationMs = 0 } of truth.jobs.values()) {
            const read = run!.jobs.get(id);
            expect([id, read?.status]).toEqual([id, outcome]);
            expect([id, read?.tries.length]).toEqual([id, tries.length]);
            expect(again.jobs.get(id)).toMatchObject({ outcome });
            expect(again.jobs.get(id)!.tries).toHaveLength(tries.length);
            tries.forEach((each, index) => {
              const readTry = read!.tries[index]!;
              // Nobody logs how a process ended that was stopped for its time.
              if (readTry.status !== 'timed_out') expect(readTry.exitCode).toBe(each.end?.exit_code);
              expect(Math.abs(readTry.startedAtMs - each.startedAtMs)).toBeLessThanOrEqual(1000);
            });
            expect(Math.abs((read?.durationMs ?? 0) - durationMs)).toBeLessThanOrEqual(2000);
          }
          expect(again.outcome).toBe(truth.outcome);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of the jobs alone tell their outcomes too', async () => {
    const jobs = jobsOf([
      { needs: false, maxRetries: 2, preCheck: false, postCheck: false, limited: false },
      { needs: false, maxRetries: 0, preCheck: false, postCheck: false, limited: true },
    ]);
    const { runs } = await writtenAndRead(workflow(jobs, { applicationName: 'app' }), [1, 1, 0, 0, 0], {
      withRunLog: false,
    });
    expect(runs).toHaveLength(1);
    const read = [...runs[0]!.jobs.values()].map(({ id, status, tries }) => [
      id,
      status,
      tries.map(({ exitCode }) => exitCode),
    ]);
    expect(read).toEqual([
      ['j0', 'succeeded', [1, 0]],
      ['j1', 'succeeded', [0]],
    ]);
  });
});

withCorpus("version 1's logs", () => {
  test('tell what was observed of each run', async () => {
    const logs = join(corpus, 'logs');
    const files = readdirSync(logs).map((name) => join(logs, name));
    const { runs, surveys } = await readTextLogs(files);
    expect(surveys.filter(({ strayLines, isTorn }) => strayLines > 0 || isTorn)).toEqual([]);
    const statuses = new Map(
      runs.flatMap(({ application, jobs }) =>
        [...jobs.values()].map(({ id, status }) => [`${application} ${id}`, status]),
      ),
    );
    const observed = readFileSync(join(corpus, 'observed.tsv'), 'utf8').trim().split('\n').slice(1);
    const told = observed
      .map((line) => line.split('\t'))
      .filter(([application, , , job]) => statuses.has(`${application} ${job}`));
    for (const [application, , , job, status] of told) {
      const read = statuses.get(`${application} ${job}`);
      expect([application, job, read === 'succeeded']).toEqual([application, job, status === 'SUCCESS']);
    }
    expect(told.length).toBeGreaterThan(30);
  });
});
