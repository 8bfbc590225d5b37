import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, nodeHost } from '@executioner/core';
import { fold, readJournal } from '../../src/journal/index.ts';
import { expectedRunLines } from '../../src/resume/expectedRunLines.ts';
import { readPastRun } from '../../src/resume/pastRun.ts';
import { listRuns, startTicks } from '../../src/runs/index.ts';
import { bundlePrograms, type Programs } from './programs.ts';

export { bundlePrograms };

// Kills engines, and launchers with them, at random moments of random workflows, resumes until all is done, and looks
// at what came of it. scripts/torture.mjs runs it, and the test runs that.

export interface TortureOptions {
  readonly programs: Programs;
  readonly seed: number;
  /** Stops after the workflow in which this many kills are reached. */
  readonly kills: number;
  readonly say?: (line: string) => void;
}

export interface TortureResult {
  readonly seed: number;
  readonly kills: number;
  /** How many of them took the launcher too. */
  readonly launcherKills: number;
  readonly workflows: number;
  readonly jobs: number;
  /** Jobs that had run to their end and ran again; only the death of a launcher may cause that. */
  readonly repeats: number;
  readonly saidUnknown: number;
  /** What is not as promised, in words; empty when all is well. */
  readonly violations: readonly string[];
}

/** Random workflows, random kills; the same seed makes the same workflows and the same plan of kills. */
export async function torture({
  programs,
  seed,
  kills,
  say = () => {},
}: TortureOptions): Promise<TortureResult> {
  const random = mulberry32(seed);
  const total = { kills: 0, launcherKills: 0, workflows: 0, jobs: 0, repeats: 0, saidUnknown: 0 };
  const violations: string[] = [];
  while (total.kills < kills && violations.length < 5) {
    const folder = mkdtempSync(join(tmpdir(), 'executioner-torture-'));
    const trial = makeTrial(folder, random);
    const result = await runTrial(trial, programs, random);
    total.workflows += 1;
    total.jobs += trial.jobs.length;
    total.kills += result.kills;
    total.launcherKills += result.launcherKills;
    total.repeats += result.repeats;
    total.saidUnknown += result.saidUnknown;
    for (const violation of result.violations) violations.push(`${violation} (${folder})`);
    if (result.violations.length === 0) rmSync(folder, { recursive: true, force: true });
    say(
      `workflow ${total.workflows}: ${trial.jobs.length} jobs, ${result.kills} kills, ${total.kills} in all` +
        result.violations.map((violation) => `\n  ${violation}`).join(''),
    );
  }
  return { seed, ...total, violations };
}

interface TrialJob {
  readonly id: string;
  readonly lines: number;
  readonly dependencies: readonly string[];
}

interface Trial {
  readonly folder: string;
  readonly workflow: string;
  readonly ledger: string;
  readonly jobs: readonly TrialJob[];
}

/** Jobs note their start and end, with their tokens, in a ledger; in between they print, sleep, or both. */
function makeTrial(folder: string, random: () => number): Trial {
  const ledger = join(folder, 'ledger');
  writeFileSync(ledger, '');
  const size = 3 + Math.floor(random() * 8);
  const jobs: (TrialJob & { readonly command: string })[] = [];
  for (let number = 0; number < size; number++) {
    const id = `j${number}`;
    const dependencies = jobs.filter(() => random() < 0.3).map((job) => job.id);
    const kind = Math.floor(random() * 4);
    const lines = kind === 0 ? 0 : kind === 1 ? 16384 : 1 + Math.floor(random() * 40);
    const sleepS = (kind === 1 ? 0 : random() * 0.25).toFixed(3);
    const print = (from: number, to: number) =>
      to < from ? '' : `seq -f '${id} %06g ${'x'.repeat(kind === 1 ? 54 : 5)}' ${from} ${to}; `;
    const half = Math.floor(lines / 2);
    const command =
      `echo start ${id} $EXECUTIONER_TOKEN >> ledger; ${print(1, half)}sleep ${sleepS}; ${print(half + 1, lines)}` +
      `echo end ${id} $EXECUTIONER_TOKEN >> ledger`;
    jobs.push({ id, lines, dependencies, command });
  }
  const workflow = join(folder, 'workflow.json');
  const parallel = random() < 0.8;
  writeFileSync(
    workflow,
    JSON.stringify({
      version: 2,
      application_name: 'torture',
      working_dir: folder,
      parallel,
      max_workers: 1 + Math.floor(random() * 4),
      jobs: jobs.map(({ id, command, dependencies }) => ({ id, command, dependencies })),
    }),
  );
  return { folder, workflow, ledger, jobs };
}

interface TrialResult {
  readonly kills: number;
  readonly launcherKills: number;
  readonly repeats: number;
  readonly saidUnknown: number;
  readonly violations: readonly string[];
}

const attemptsMax = 60;

async function runTrial(trial: Trial, programs: Programs, random: () => number): Promise<TrialResult> {
  const state = join(trial.folder, 'state');
  const violations: string[] = [];
  let kills = 0;
  let launcherKills = 0;
  const mayKillLauncher = random() < 0.4;
  let finished = false;
  for (let attempt = 1; attempt <= attemptsMax && !finished; attempt++) {
    const engine = startEngine(trial, programs, state, begunRun(state));
    // Most kills fall into the time in which something happens; the last attempts are left alone.
    const killAfterMs = attempt > 25 ? undefined : random() ** 2 * 500;
    const roll = random();
    const victim = !mayKillLauncher || roll > 0.5 ? 'engine' : roll > 0.2 ? 'both' : 'launcher';
    let timer: NodeJS.Timeout | undefined;
    const killSoon = () => {
      timer = setTimeout(() => {
        if (engine.process.exitCode !== null || engine.process.signalCode !== null) return;
        const launchers = victim === 'engine' ? [] : launcherPids(engine.process.pid!);
        if (victim !== 'launcher') engine.process.kill('SIGKILL');
        if (victim !== 'launcher' || launchers.length > 0) kills += 1;
        for (const pid of launchers) if (killed(pid)) launcherKills += 1;
      }, killAfterMs);
    };
    // A quarter of the kills may meet an engine that is still coming up, or has just claimed its attempt.
    if (killAfterMs !== undefined && random() < 0.25) killSoon();
    else if (killAfterMs !== undefined) engine.process.stdout!.once('data', killSoon);
    const code = await engine.ended;
    clearTimeout(timer);
    // An engine whose launcher was killed ends the run as failed, to be resumed.
    if (code === null || (code === 1 && victim === 'launcher' && launcherKills > 0)) continue;
    finished = code === 0;
    if (code !== 0) {
      violations.push(`attempt ${attempt} ended with exit code ${code}: ${engine.text()}`);
      break;
    }
  }
  if (!finished && violations.length === 0) violations.push(`not done after ${attemptsMax} attempts`);
  const saidUnknown = violations.length === 0 ? inspect(trial, state, launcherKills, violations) : 0;
  const repeats = violations.length === 0 ? countRepeats(trial, launcherKills, violations) : 0;
  await assertNobodyLeft(trial, violations);
  return { kills, launcherKills, repeats, saidUnknown, violations };
}

/** The run that has a journal: an engine may have died when its run had no more than a folder. */
function begunRun(state: string): number | undefined {
  return listRuns(state).find((run) => existsSync(join(state, 'runs', `${run}`, 'journal.1.ndjson')));
}

interface Engine {
  readonly process: ChildProcess;
  /** The exit code; null after a kill. */
  readonly ended: Promise<number | null>;
  text(): string;
}

function startEngine(trial: Trial, programs: Programs, state: string, run: number | undefined): Engine {
  const child = spawn(
    process.execPath,
    [programs.engine, programs.launcher, trial.workflow, state, ...(run === undefined ? [] : [`${run}`])],
    { cwd: trial.folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => resolve(code));
  });
  return { process: child, ended, text: () => text };
}

/** The children of the engine that are launchers, by their command lines. */
function launcherPids(engine: number): number[] {
  try {
    return readFileSync(`/proc/${engine}/task/${engine}/children`, 'latin1')
      .split(' ')
      .filter((pid) => pid !== '')
      .map(Number);
  } catch {
    return [];
  }
}

function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** The journals fold, every job has succeeded, and each log has each line once. Returns how often `unknown` was said. */
function inspect(trial: Trial, state: string, launcherKills: number, violations: string[]): number {
  const run = begunRun(state)!;
  const folder = join(state, 'runs', `${run}`);
  const events = [];
  for (let attempt = 1; existsSync(join(folder, `journal.${attempt}.ndjson`)); attempt++) {
    const { events: own, findings } = readJournal(join(folder, `journal.${attempt}.ndjson`));
    for (const finding of findings) {
      if (finding.severity === 'error') violations.push(`journal ${attempt}: ${finding.message}`);
    }
    events.push(...own);
  }
  const gap = events.findIndex(({ seq }, index) => seq !== index + 1);
  if (gap !== -1) violations.push(`event ${events[gap]!.seq} stands at place ${gap + 1} of the journals`);
  const { outcome, jobs } = fold(events);
  if (outcome !== 'succeeded') violations.push(`the run's outcome is ${outcome}`);
  for (const { id, lines } of trial.jobs) {
    if (jobs.get(id)?.outcome !== 'succeeded') violations.push(`job ${id} ended ${jobs.get(id)?.outcome}`);
    checkOutput(trial, run, { id, lines }, launcherKills, violations);
  }
  if (existsSync(join(folder, 'spool')) && readdirSync(join(folder, 'spool')).length > 0)
    violations.push(`raw output is left: ${readdirSync(join(folder, 'spool')).join(', ')}`);
  const unfinished = readdirSync(folder).filter((name) => name.endsWith('.tmp'));
  if (unfinished.length > 0) violations.push(`unfinished files are left: ${unfinished.join(', ')}`);
  checkRunLogs(trial, run, folder, violations);
  return events.filter(({ type }) => type === 'job.lost').length;
}

/**
 * Both logs of the run have what the journals say: each line once, in order. The commands are those of the workflow where
 * an engine died between the claim on its attempt and keeping the attempt's configuration.
 */
function checkRunLogs(trial: Trial, run: number, folder: string, violations: string[]): void {
  const workflow = load(trial.workflow, nodeHost(trial.folder, trial.folder));
  if (workflow.state !== 'valid') throw new Error(`${trial.workflow} cannot be loaded`);
  const expected = expectedRunLines(readPastRun(run, folder)!, workflow.configuration.jobs);
  const written = (name: string, mark = '') =>
    readFileSync(join(trial.folder, 'logs', name), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.slice('2026-01-02 03:04:05 - '.length).replace(mark, ''));
  const told = (to: readonly string[]) =>
    expected.filter((line) => to.includes(line.to)).map(({ level, message }) => `${level} - ${message}`);
  const pairs = [
    ['run log', written(`executioner.torture.run-${run}.log`), told(['run'])],
    ['application log', written('executioner.torture.log', `[RUN #${run}] `), told(['run', 'application'])],
  ] as const;
  for (const [name, has, should] of pairs) {
    const at = should.findIndex((line, index) => has[index] !== line);
    if (at !== -1 || has.length !== should.length)
      violations.push(
        `the ${name} has ${has.length} lines instead of ${should.length}, the first other one: ${has[at]} instead of ${should[at]}`,
      );
  }
}

/**
 * Without the death of a launcher the log has exactly the lines 1, 2, … of its job. With it, a job may have run several
 * times, so that the log has several such sequences; all but the last may be cut short.
 */
function checkOutput(
  trial: Trial,
  run: number,
  { id, lines }: Pick<TrialJob, 'id' | 'lines'>,
  launcherKills: number,
  violations: string[],
): void {
  const path = join(trial.folder, 'logs', `executioner.torture.job-${id}.run-${run}.log`);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const seen = [...text.matchAll(new RegExp(`^.{23} - INFO - ${id} (\\d{6}) x+$`, 'gm'))].map(([, n]) =>
    Number(n),
  );
  const sequences: number[] = [];
  for (const number of seen) {
    if (number === 1) sequences.push(1);
    else if (sequences.length > 0 && number === sequences.at(-1)! + 1)
      sequences[sequences.length - 1] = number;
    else {
      violations.push(`log of ${id}: line ${number} out of order after ${sequences.at(-1)}`);
      return;
    }
  }
  const isWhole = lines === 0 || sequences.at(-1) === lines;
  if (!isWhole || (launcherKills === 0 && sequences.length > 1))
    violations.push(`log of ${id}: ${sequences.join(' + ')} lines instead of ${lines}`);
  if (!text.includes(`Job ${id}: SUCCESS`)) violations.push(`log of ${id}: its end is missing`);
}

/** Jobs that ran again after they had ended; nothing may run twice at once. */
function countRepeats(trial: Trial, launcherKills: number, violations: string[]): number {
  const entries = readFileSync(trial.ledger, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ') as [string, string, string]);
  let repeats = 0;
  for (const { id } of trial.jobs) {
    const own = entries.filter(([, job]) => job === id);
    const ended = own.filter(([what]) => what === 'end').length;
    const started = own.filter(([what]) => what === 'start').length;
    const isOneAtATime = own.every(
      ([what], index) => index === 0 || what !== 'start' || own[index - 1]![0] === 'end',
    );
    if (!isOneAtATime)
      violations.push(`job ${id} ran twice at once: ${own.map(([what]) => what).join(', ')}`);
    if (ended === 0) violations.push(`job ${id} never came to its end`);
    repeats += Math.max(0, ended - 1);
    if (launcherKills === 0 && (ended !== 1 || started !== 1))
      violations.push(`job ${id} started ${started} times and ended ${ended} times`);
    const tokens = own.filter(([what]) => what === 'start').map(([, , token]) => token);
    if (new Set(tokens).size !== tokens.length) violations.push(`job ${id} started twice under one token`);
  }
  return repeats;
}

const looksMax = 2000;

/** No process is left that a job of this trial has started, nor a launcher; they have most of a minute to go. */
async function assertNobodyLeft({ folder }: Trial, violations: string[]): Promise<void> {
  for (let look = 0; ; look++) {
    const left = processesOf(folder);
    if (left.length === 0) return;
    if (look === looksMax) {
      violations.push(`still there: ${left.join(', ')}`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function processesOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
        const home = /(?:^|\0)HOME=([^\0]*)/.exec(readFileSync(`/proc/${pid}/environ`, 'latin1'))?.[1];
        const isOurs = words.includes(`${folder}/`) || home === folder;
        return isOurs && startTicks(Number(pid)) !== undefined ? [`${pid} ${words}`] : [];
      } catch {
        return [];
      }
    });
}

/** A small generator of numbers from 0 to 1 (Tommy Ettinger's mulberry32, 2017). */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}
