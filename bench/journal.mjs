// The journal: the cost of a line, of reading one back, and of folding it into the view of a run.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fold,
  journalEvent,
  lineSerializer,
  openJournal,
  parseJournal,
} from '../packages/engine/dist/index.js';

const jobs = 100_000;
const batch = 8;
const jobIds = Array.from({ length: jobs }, (_, job) => `job_${job}`);
const repetitions = 3;

/** The rows of the table; each figure is the best of several runs. */
export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'executioner-bench-'));
  try {
    const events = jobIds.flatMap((_, job) => eventsOf(job));
    const { path, microseconds } = await written(folder, events);
    const bytes = readFileSync(path);
    return [
      serializeRow(events),
      writeRow(microseconds),
      readRow(bytes),
      foldRow(parseJournal(bytes).events),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function eventsOf(job) {
  const fact = { m: 5 * job, job, round: 1, try: 1 };
  return [
    {
      type: 'job.starting',
      ...fact,
      token: `12.1.${job}.1.1`,
      command_hash: '0123456789abcdef',
      limit_ms: 10_800_000,
    },
    { type: 'job.started', ...fact, pid: 1000 + job, ticks: 123_456 + job },
    { type: 'job.exited', ...fact, end: { exit_code: 0, cpu_ms: 3, max_rss_kb: 2048 } },
    { type: 'job.finished', ...fact, status: 'succeeded', duration_ms: 12, tries: 1 },
  ];
}

function serializeRow(events) {
  const figure = best(() => {
    const serialize = lineSerializer({ run: 12, attempt: 1, jobIds });
    return microsecondsEach(events, (event, index) =>
      serialize(event, index + 1, 1_700_000_000_000 + (index >> 3)),
    );
  });
  const yardstickFigure = best(() =>
    microsecondsEach(events, (event, index) => {
      const t = new Date(1_700_000_000_000 + (index >> 3)).toISOString();
      return JSON.stringify(journalEvent(event, { v: 1, seq: index + 1, t, run: 12, attempt: 1 }, jobIds));
    }),
  );
  return row(
    'an event to its line',
    figure,
    'µs',
    'JSON.stringify of the same object',
    yardstickFigure,
    '≤ 0.7 ×',
    figure <= 0.7 * yardstickFigure,
  );
}

/** In batches of what eight workers make happen at once, one write each. */
async function written(folder, events) {
  let microseconds = Number.POSITIVE_INFINITY;
  let path = '';
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    path = join(folder, `journal.${repetition}.ndjson`);
    const { journal } = openJournal({ path, run: 12, attempt: 1, jobIds });
    const startedAt = performance.now();
    for (let index = 0; index < events.length; index += batch) {
      journal.write(events.slice(index, index + batch), 1_700_000_000_000 + index);
    }
    microseconds = Math.min(microseconds, ((performance.now() - startedAt) * 1000) / events.length);
    await journal.close();
  }
  return { path, microseconds };
}

function writeRow(microseconds) {
  return {
    name: `an event into the journal, ${batch} a write`,
    figure: microseconds,
    unit: 'µs',
  };
}

function readRow(bytes) {
  const megabytes = bytes.length / 1e6;
  const figure = megabytes / best(() => seconds(() => parseJournal(bytes)));
  const yardstickFigure =
    megabytes /
    best(() =>
      seconds(() => {
        for (const line of bytes.toString().split('\n')) if (line !== '') JSON.parse(line);
      }),
    );
  return row(
    'reading a journal',
    figure,
    'MB/s',
    'JSON.parse of its lines',
    yardstickFigure,
    '≥ 60 MB/s',
    figure >= 60,
  );
}

function foldRow(events) {
  const figure = events.length / best(() => seconds(() => fold(events)));
  return { name: 'folding a journal into the view of its run', figure, unit: 'events/s' };
}

function row(name, figure, unit, yardstick, yardstickFigure, goal, met) {
  return { name, figure, unit, yardstick, yardstickFigure, ratio: figure / yardstickFigure, goal, met };
}

function best(measure) {
  return Math.min(...Array.from({ length: repetitions }, measure));
}

function microsecondsEach(events, act) {
  let length = 0;
  const taken = seconds(() => {
    for (let index = 0; index < events.length; index++) length += act(events[index], index).length;
  });
  if (length === 0) throw new Error('nothing was serialized');
  return (taken * 1e6) / events.length;
}

function seconds(act) {
  const startedAt = performance.now();
  act();
  return (performance.now() - startedAt) / 1000;
}
