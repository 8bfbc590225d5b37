import {
  fdatasync,
  fdatasyncSync,
  ftruncateSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import {
  type Event,
  type JournalCalls,
  type JournalOptions,
  type JournalState,
  type JournalWriter,
  openJournal,
  parseJournal,
} from '../../src/journal/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'executioner-journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open: JournalWriter[] = [];
afterEach(async () => {
  disk.bytesLeft = Number.POSITIVE_INFINITY;
  await Promise.all(open.splice(0).map((journal) => journal.close()));
});

/** A disk of a certain size: writes what fits, then refuses, as the kernel does. */
const disk = {
  bytesLeft: Number.POSITIVE_INFINITY,
  syncs: 0,
  syncsNow: 0,
  syncError: undefined as string | undefined,
};
const calls: JournalCalls = {
  write(fd, bytes, offset) {
    const length = Math.min(bytes.length - offset, disk.bytesLeft);
    if (length === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    disk.bytesLeft -= length;
    return writeSync(fd, bytes, offset, length);
  },
  truncate(fd, length) {
    ftruncateSync(fd, length);
  },
  sync(fd, done) {
    disk.syncs++;
    if (disk.syncError === undefined) fdatasync(fd, done);
    else done(Object.assign(new Error('input/output error'), { code: disk.syncError }));
  },
  syncNow(fd) {
    disk.syncsNow++;
    fdatasyncSync(fd);
  },
};

let made = 0;
function journal(options: Partial<JournalOptions> = {}): {
  readonly writer: JournalWriter;
  readonly path: string;
  readonly states: JournalState[];
} {
  const path = join(folder, `journal.${++made}.ndjson`);
  const states: JournalState[] = [];
  const opened = openJournal({
    path,
    run: 1,
    attempt: 1,
    jobIds: ['a', 'b'],
    retryMs: 5,
    calls,
    onState: (state) => states.push(state),
    ...options,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  open.push(opened.journal);
  return { writer: opened.journal, path, states };
}

const event = (job: number, m = 0): Event => ({ type: 'job.due', m, job, round: 1, try: 1 });
const starting: Event = {
  type: 'job.starting',
  m: 0,
  job: 0,
  round: 1,
  try: 1,
  token: 't',
  command_hash: 'h',
  limit_ms: 1,
};
const read = (path: string) => parseJournal(readFileSync(path));
const numbers = (path: string) => read(path).events.map(({ seq }) => seq);

async function until(what: string, look: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 120_000;
  while (!look()) {
    if (performance.now() > deadlineMs) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe('claiming an attempt', () => {
  test('creates the file, for the owner only', () => {
    const { path } = journal();
    expect([statSync(path).mode & 0o777, statSync(path).size]).toEqual([0o600, 0]);
  });

  test('is refused when the file is there, and leaves it alone', () => {
    const path = join(folder, 'journal.taken.ndjson');
    writeFileSync(path, 'theirs\n');
    const opened = openJournal({ path, run: 1, attempt: 1, jobIds: [] });
    expect(opened).toEqual({
      ok: false,
      error: { code: 'EEXIST', message: expect.stringContaining('EEXIST') },
    });
    expect(readFileSync(path, 'utf8')).toBe('theirs\n');
  });

  test('in a folder that is missing is an error value', () => {
    const opened = openJournal({
      path: join(folder, 'no', 'journal.1.ndjson'),
      run: 1,
      attempt: 1,
      jobIds: [],
    });
    expect(opened).toMatchObject({ ok: false, error: { code: 'ENOENT' } });
  });

  test('with its first events has them from the first moment on, and one of two wins', () => {
    const path = join(folder, 'journal.first.ndjson');
    const first = { events: [event(0), event(1)], wallMs: 0 };
    const options = { path, run: 1, attempt: 2, jobIds: ['a', 'b'], firstSeq: 8, first };
    const [one, other] = [openJournal(options), openJournal(options)];
    expect(other).toEqual({
      ok: false,
      error: { code: 'EEXIST', message: expect.stringContaining('EEXIST') },
    });
    if (one.ok) open.push(one.journal);
    expect([one.ok, one.ok && one.journal.write([event(0)], 0)]).toEqual([true, true]);
    expect(numbers(path)).toEqual([8, 9, 10]);
  });

  test('is refused also when the one who won has swept away what the other had prepared', () => {
    const path = join(folder, 'journal.swept.ndjson');
    const write: JournalCalls['write'] = (fd, bytes, offset) => {
      rmSync(`${path}.${process.pid}.tmp`);
      writeFileSync(path, 'theirs\n');
      return calls.write(fd, bytes, offset);
    };
    const first = { events: [event(0)], wallMs: 0 };
    const opened = openJournal({
      path,
      run: 1,
      attempt: 2,
      jobIds: ['a'],
      first,
      calls: { ...calls, write },
    });
    expect(opened).toEqual({
      ok: false,
      error: { code: 'EEXIST', message: expect.stringMatching(/^EEXIST/) },
    });
    expect(readFileSync(path, 'utf8')).toBe('theirs\n');
  });

  test('with first events on a full disk fails and leaves nothing', () => {
    disk.bytesLeft = 10;
    const path = join(folder, 'journal.full.ndjson');
    const opened = openJournal({
      path,
      run: 1,
      attempt: 1,
      jobIds: ['a'],
      calls,
      first: { events: [event(0)], wallMs: 0 },
    });
    expect(opened).toMatchObject({ ok: false, error: { code: 'ENOSPC' } });
    expect(() => statSync(path)).toThrow('ENOENT');
  });
});

describe('writing', () => {
  test('hands a batch to the kernel before it returns, numbered without a gap', () => {
    const { writer, path } = journal({ firstSeq: 5 });
    expect([writer.write([event(0), event(1)], 0), writer.write([event(0)], 1)]).toEqual([true, true]);
    expect(numbers(path)).toEqual([5, 6, 7]);
    expect([writer.nextSeq, writer.bytes]).toEqual([8, statSync(path).size]);
  });

  test('takes one system call for a batch', () => {
    let writes = 0;
    const write: JournalCalls['write'] = (fd, bytes, offset) => {
      writes++;
      return calls.write(fd, bytes, offset);
    };
    const { writer } = journal({ calls: { ...calls, write } });
    writer.write(
      Array.from({ length: 1000 }, () => event(0)),
      0,
    );
    expect(writes).toBe(1);
  });

  test('goes on after the kernel took only a part', () => {
    const { writer, path } = journal({
      calls: { ...calls, write: (fd, bytes, offset) => writeSync(fd, bytes, offset, 1) },
    });
    expect(writer.write([event(0), event(1)], 0)).toBe(true);
    expect(numbers(path)).toEqual([1, 2]);
  });

  test('after closing is our bug', async () => {
    const { writer } = journal();
    open.pop();
    await writer.close();
    expect(() => writer.write([event(0)], 0)).toThrow('Internal error');
  });
});

describe('syncing', () => {
  test('follows a write by itself, one sync for a group', async () => {
    const { writer } = journal({ syncWithinMs: 1 });
    const before = disk.syncs;
    for (let index = 0; index < 10; index++) writer.write([event(0)], 0);
    expect(disk.syncs).toBe(before);
    await until('the sync', () => disk.syncs > before);
    expect(disk.syncs).toBe(before + 1);
  });

  test('comes before the effects of a start, if asked for', () => {
    const { writer } = journal({ durability: 'sync' });
    const before = disk.syncsNow;
    writer.write([event(0)], 0);
    expect(disk.syncsNow).toBe(before);
    writer.write([event(0), starting], 0);
    expect(disk.syncsNow).toBe(before + 1);
  });

  test('is done when the journal is closed', async () => {
    const { writer } = journal({ syncWithinMs: 60_000 });
    open.pop();
    writer.write([event(0)], 0);
    const before = disk.syncsNow;
    await writer.close();
    expect(disk.syncsNow).toBe(before + 1);
  });

  test('that fails blocks the journal until one works', async () => {
    const { writer, states } = journal({ syncWithinMs: 1 });
    disk.syncError = 'EIO';
    writer.write([event(0)], 0);
    await until('the failure', () => states.length === 1);
    disk.syncError = undefined;
    await until('the recovery', () => states.length === 2);
    expect(states).toEqual([
      { blocked: true, error: { code: 'EIO', message: 'input/output error' } },
      { blocked: false },
    ]);
  });
});

describe('a full disk', () => {
  test('in the middle of a line: the file ends with a whole one, nothing is lost when space returns', async () => {
    const { writer, path, states } = journal();
    writer.write([event(0)], 0);
    const goodBytes = statSync(path).size;
    disk.bytesLeft = 30;
    expect(writer.write([event(1), event(0)], 0)).toBe(false);
    expect([statSync(path).size, writer.state.blocked]).toEqual([goodBytes, true]);
    expect([writer.write([event(1)], 0), writer.nextSeq]).toEqual([false, 5]);
    expect(numbers(path)).toEqual([1]);
    disk.bytesLeft = Number.POSITIVE_INFINITY;
    await until('space', () => !writer.state.blocked);
    expect(read(path)).toMatchObject({
      events: [{ seq: 1 }, { seq: 2 }, { seq: 3 }, { seq: 4 }],
      findings: [],
    });
    const error = { code: 'ENOSPC', message: 'no space left on device' };
    expect(states).toEqual([{ blocked: true, error }, { blocked: false }]);
  });

  test('is noticed to be over by the next write too', () => {
    const { writer, path } = journal({ retryMs: 60_000 });
    disk.bytesLeft = 5;
    writer.write([event(0)], 0);
    disk.bytesLeft = Number.POSITIVE_INFINITY;
    expect(writer.write([event(1)], 0)).toBe(true);
    expect(numbers(path)).toEqual([1, 2]);
  });

  test('whose torn line cannot be cut off at once is cut off later', async () => {
    let refusals = 2;
    const truncate: JournalCalls['truncate'] = (fd, length) => {
      if (refusals-- > 0) throw Object.assign(new Error('interrupted'), { code: 'EINTR' });
      ftruncateSync(fd, length);
    };
    const { writer, path } = journal({ calls: { ...calls, truncate } });
    disk.bytesLeft = 30;
    writer.write([event(0)], 0);
    expect(read(path)).toMatchObject({ events: [], findings: [{ code: 'torn_tail' }] });
    disk.bytesLeft = Number.POSITIVE_INFINITY;
    await until('space', () => !writer.state.blocked);
    expect(read(path)).toMatchObject({ events: [{ seq: 1 }], findings: [] });
  });

  test('keeps closing waiting', async () => {
    const { writer, path } = journal();
    open.pop();
    disk.bytesLeft = 0;
    writer.write([event(0)], 0);
    let closed = false;
    const closing = writer.close().then(() => {
      closed = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(false);
    disk.bytesLeft = Number.POSITIVE_INFINITY;
    await closing;
    expect(numbers(path)).toEqual([1]);
  });
});
