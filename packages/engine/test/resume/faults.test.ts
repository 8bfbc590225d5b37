import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startTicks } from '../../src/runs/index.ts';
import { until } from '../launcher/rig.ts';
import type { JournalFault } from './fixtures/faultyJournal.ts';
import { awaiting, resumeRig, type Workplace } from './workplace.ts';

// kill -9 of the engine, then of the launcher, exactly between two steps: the process stands still there until it is killed.

const rig = resumeRig();
beforeAll(rig.prepare);
afterEach(rig.tidy);
afterAll(rig.remove);

const lineCount = 20;

/** `b` follows `a`; both note their start and end in a ledger, under their token, and print in between. */
function chain(): Workplace {
  const job = (id: string) =>
    `echo start ${id} $EXECUTIONER_TOKEN >> tokens; seq -f '${id} %g' 1 ${lineCount}; echo end ${id} $EXECUTIONER_TOKEN >> tokens`;
  return rig.workplace([
    { id: 'a', command: job('a') },
    { id: 'b', command: job('b'), dependencies: ['a'] },
  ]);
}

interface Ledger {
  /** How often each job came to its end, in the words of the jobs themselves. */
  readonly ends: Readonly<Record<string, number>>;
  /** How many tries the journals call lost. */
  readonly lost: number;
}

/** What must hold wherever a process dies, and what the ledger says. */
function inspected(place: Workplace): Ledger {
  const entries = place.lines('tokens').map((line) => line.split(' '));
  for (const id of ['a', 'b']) {
    const own = entries.filter(([, job]) => job === id);
    const starts = own.filter(([what]) => what === 'start').map(([, , token]) => token);
    expect({ id, twiceUnderOneToken: starts.length - new Set(starts).size }).toEqual({
      id,
      twiceUnderOneToken: 0,
    });
    // Never two at once: start and end take turns.
    expect(own.map(([what]) => what)).toEqual(own.map((_, index) => (index % 2 === 0 ? 'start' : 'end')));
    const printed = place.log(id).filter((line) => line.startsWith(`INFO - ${id} `));
    const once = Array.from({ length: lineCount }, (_, index) => `INFO - ${id} ${index + 1}`);
    expect(printed).toEqual(starts.flatMap(() => once));
    expect(place.log(id).at(-1)).toBe(`INFO - Job ${id}: SUCCESS`);
  }
  const order = entries.map(([what, id]) => `${what} ${id}`);
  expect(order.lastIndexOf('end a')).toBeLessThan(order.indexOf('start b'));
  expect(place.outcomes()).toEqual({ a: 'succeeded', b: 'succeeded' });
  expect(place.events().map(({ seq }) => seq)).toEqual(place.events().map((_, index) => index + 1));
  const ends = (id: string) => order.filter((entry) => entry === `end ${id}`).length;
  return {
    ends: { a: ends('a'), b: ends('b') },
    lost: place.events().filter(({ type }) => type === 'job.lost').length,
  };
}

const once = { ends: { a: 1, b: 1 }, lost: 0 };
/** The launcher died while nobody could know the end of `a`: it was said, and `a` ran again. */
const unknownAndTwice = { ends: { a: 2, b: 1 }, lost: 1 };
const unknownAndOnce = { ends: { a: 1, b: 1 }, lost: 1 };

function launcherPid(place: Workplace): number {
  const [first] = place.records();
  if (first?.type !== 'launcher') throw new Error('the launcher has not begun its records');
  return first.pid;
}

/** Kills whoever is there, and waits until it is gone. */
async function kill(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  await until(`the end of process ${pid}`, () => startTicks(pid) === undefined);
}

async function resumed(place: Workplace): Promise<Ledger> {
  const { code, text } = await place.engine(1).ended;
  expect({ code, text }).toEqual({ code: 0, text: 'run 1 attempt 2\n' });
  return inspected(place);
}

describe('the launcher stands still', () => {
  const reached = async (point: string) => {
    const place = chain();
    const engine = place.engine(undefined, { launcherFault: point });
    await until(point, () => place.has('state/runs/1/fault.reached'));
    return { place, engine, goOn: () => writeFileSync(join(place.runFolder, 'fault.go'), '') };
  };

  // What is recorded is written before it is acted on, so each gap between the two is a point.
  const points: readonly (readonly [point: string, withLauncher: Ledger])[] = [
    ['before launching', once],
    ['after launching', unknownAndOnce],
    ['before exec', unknownAndOnce],
    ['after exec', unknownAndTwice],
    ['before started', unknownAndTwice],
    ['after started', unknownAndTwice],
    ['before exited', unknownAndTwice],
    ['after exited', once],
  ];

  test.each(points)('%s: engine and launcher are killed', async (point, expected) => {
    const { place, engine } = await reached(point);
    engine.child.kill('SIGKILL');
    await engine.ended;
    await kill(launcherPid(place));
    expect(await resumed(place)).toEqual(expected);
  });

  test.each(points)('%s: the engine is killed, the launcher goes on', async (point) => {
    const { place, engine, goOn } = await reached(point);
    engine.child.kill('SIGKILL');
    await engine.ended;
    const ledger = resumed(place);
    goOn();
    expect(await ledger).toEqual(once);
  });

  test('after launching, and a lost try must not run again: it is unknown, and counts as failed', async () => {
    const { place, engine } = await reached('after launching');
    engine.child.kill('SIGKILL');
    await engine.ended;
    await kill(launcherPid(place));
    expect((await place.engine(1, { onUnknown: 'fail' }).ended).code).toBe(1);
    expect(place.outcomes()).toEqual({ a: 'unknown', b: 'skipped' });
    expect(place.lines('tokens')).toEqual([]);
  });

  // While its engine lives: what it recorded counts, what lives on is waited for, and nothing runs twice at once.
  test.each([
    ['before launching', once],
    ['after launching', unknownAndOnce],
    ['after exec', unknownAndTwice],
    ['after started', unknownAndTwice],
    ['before exited', unknownAndTwice],
    ['after exited', once],
  ] as const)('%s: only the launcher is killed', async (point, expected) => {
    const { place, engine } = await reached(point);
    await kill(launcherPid(place));
    expect((await engine.ended).code).toBe(1);
    expect(await resumed(place)).toEqual(expected);
  });
});

describe('the engine stands still', () => {
  const ofA = (at: JournalFault['at'], type: string): JournalFault => ({ at, type, job: 'a' });
  const points: readonly JournalFault[] = [
    { at: 'before', type: 'run.started' },
    { at: 'torn', type: 'run.started' },
    { at: 'after', type: 'run.started' },
    ofA('before', 'job.started'),
    ofA('torn', 'job.started'),
    ofA('after', 'job.started'),
    ofA('before', 'job.exited'),
    ofA('torn', 'job.exited'),
    ofA('after', 'job.exited'),
    { at: 'after', type: 'job.starting', job: 'b' },
    { at: 'before', type: 'run.finished' },
    { at: 'torn', type: 'run.finished' },
    { at: 'after', type: 'run.finished' },
  ];
  const named = points.map(
    (fault) => [`${fault.at} the write of ${fault.type} ${fault.job ?? ''}`.trimEnd(), fault] as const,
  );

  test.each(named)('%s: it is killed', async (_, fault) => {
    const place = chain();
    const engine = place.engine(undefined, { fault });
    await until('the fault', () => engine.text().includes('reached'));
    engine.child.kill('SIGKILL');
    await engine.ended;
    if (place.events().length === 0) {
      // Nothing was promised yet, not even the run.
      expect(place.lines('tokens')).toEqual([]);
      return;
    }
    expect(await resumed(place)).toEqual(once);
  });

  test.each(named.filter(([, { type }]) => type !== 'run.started'))(
    '%s: it is killed, and the launcher too',
    async (_, fault) => {
      const place = chain();
      const engine = place.engine(undefined, { fault });
      await until('the fault', () => engine.text().includes('reached'));
      // By now the job has ended, though the engine may not know: the launcher has recorded it.
      const last = fault.job === 'b' || fault.type === 'run.finished' ? 'b' : 'a';
      if (fault.type !== 'job.starting')
        await until('the exit record', () => endedJobs(place).includes(last));
      engine.child.kill('SIGKILL');
      await engine.ended;
      if (startTicks(launcherPid(place)) !== undefined) await kill(launcherPid(place));
      expect(await resumed(place)).toEqual(once);
    },
  );
});

/** Ids of the jobs whose ends the launcher has recorded. */
function endedJobs(place: Workplace): string[] {
  const records = place.records();
  const jobs = new Map(
    records.flatMap((record) => (record.type === 'launching' ? [[record.token, record.job] as const] : [])),
  );
  return records.flatMap((record) => (record.type === 'exited' ? [jobs.get(record.token)!] : []));
}

describe('a job prints a megabyte', () => {
  const lines = 16384;
  const body = 'x'.repeat(50);
  const half = lines / 2;
  const print = (from: number, to: number) => `seq -f '%06g ${body}' ${from} ${to}`;
  const whole = Array.from(
    { length: lines },
    (_, index) => `INFO - ${String(index + 1).padStart(6, '0')} ${body}`,
  );

  const log = 'logs/executioner.app.job-a.run-1.log';
  const isPrinted = (line: string) => line.includes(body) && !line.includes('seq');

  async function killedWhilePrinting(withLauncher: boolean) {
    const command = `${print(1, half)}; ${awaiting('go')}; ${print(half + 1, lines)}; echo end >> tokens`;
    const place = rig.workplace([{ id: 'a', command }]);
    const engine = place.engine();
    await until('the first lines', () => place.lines(log).some((line) => isPrinted(line)));
    engine.child.kill('SIGKILL');
    await engine.ended;
    if (withLauncher) await kill(launcherPid(place));
    const second = place.engine(1);
    await until('the adoption', () => place.events().some(({ type }) => type === 'job.adopted'));
    place.make('go');
    expect((await second.ended).code).toBe(0);
    return { place, printed: place.log('a').filter(isPrinted) };
  }

  test('and the engine is killed: its log has each line once, and it ran once', async () => {
    const { place, printed } = await killedWhilePrinting(false);
    expect(printed).toEqual(whole);
    expect(place.lines('tokens')).toEqual(['end']);
  });

  test('and the launcher is killed too: its end is unknown, so it runs again, and the log has both whole', async () => {
    const { place, printed } = await killedWhilePrinting(true);
    expect(printed).toEqual([...whole, ...whole]);
    expect(place.lines('tokens')).toEqual(['end', 'end']);
    expect(place.events().filter(({ type }) => type === 'job.lost').length).toBe(1);
  });
});
