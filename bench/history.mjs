// Questions to the history of 100,000 recorded jobs (500 runs of 200): as a list, a search and the estimates of a run,
// beside a search with grep through the same journals.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  definitionHasher,
  historyFile,
  openDatabase,
  openHistory,
  readJournal,
  stateKey,
} from '../packages/engine/dist/index.js';

const runs = 500;
const jobsPerRun = 200;
const repetitions = 7;
const goalMs = 100;

export async function run() {
  const stateFolder = mkdtempSync(join(tmpdir(), 'bench-history-'));
  try {
    return await measure(stateFolder);
  } finally {
    rmSync(stateFolder, { recursive: true, force: true });
  }
}

async function measure(stateFolder) {
  const configuration = workflow();
  const hash = definitionHasher(stateKey(stateFolder), configuration);
  record(stateFolder, configuration, configuration.jobs.map(hash));
  const history = await openHistory({ stateFolder, nowMs: Date.now });
  const indexedMs = time(() => history.catchUp(), 1);
  const readMs = time(() => readJournals(stateFolder), 1);
  const db = await openDatabase(historyFile(stateFolder));
  const countMs = time(() => db.get('SELECT count(*) AS count FROM jobs WHERE exit_code IS NOT NULL'));
  const grepMs = time(() =>
    spawnSync('grep', ['-rc', '"exit_code":7', join(stateFolder, 'runs')], { maxBuffer: 2 ** 30 }),
  );
  const grep = { yardstick: 'grep over the journals', yardstickFigure: grepMs };
  const rows = [
    question('list the newest 100 runs', grep, () => history.listRuns()),
    question('search a rare word', grep, () => history.searchJobs('job_77 error:"exit code 7"')),
    question('search a word of every job', grep, () => history.searchJobs('sqlplus')),
    question('failed jobs of the last days', grep, () =>
      history.searchJobs('', { statuses: ['failed'], sinceMs: startMs + 400 * runEveryMs }),
    ),
    question(
      'estimates of 200 jobs, 20 samples each',
      { yardstick: 'count(*) over all jobs', yardstickFigure: countMs },
      () => history.estimatesFor(configuration),
    ),
    question('catching up when nothing is new', grep, () => history.catchUp()),
  ];
  db.close();
  history.close();
  return [
    ...rows,
    {
      name: 'indexing all of it for the first time',
      figure: indexedMs,
      unit: 'ms',
      yardstick: 'reading the same journals',
      yardstickFigure: readMs,
      ratio: indexedMs / readMs,
      goal: '≤ 15 ×',
      met: indexedMs <= 15 * readMs,
    },
  ];
}

function readJournals(stateFolder) {
  for (let run = 1; run <= runs; run++)
    readJournal(join(stateFolder, 'runs', String(run), 'journal.1.ndjson'));
}

function question(name, yardstick, ask) {
  const figure = time(ask);
  const met = figure <= goalMs;
  return {
    name,
    figure,
    unit: 'ms',
    ...yardstick,
    ratio: figure / yardstick.yardstickFigure,
    goal: `≤ ${goalMs} ms`,
    met,
  };
}

/** The best of several, in milliseconds. */
function time(action, times = repetitions) {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const startedAt = performance.now();
    action();
    best = Math.min(best, performance.now() - startedAt);
  }
  return best;
}

const startMs = Date.parse('2026-01-01T00:00:00Z');
const runEveryMs = 3_600_000;

function workflow() {
  const jobs = Array.from({ length: jobsPerRun }, (_, index) => ({
    id: `job_${index}`,
    command: `sqlplus -s /nolog @load_${index}.sql "$TARGET"`,
    description: `loads part ${index}`,
    dependencies: [],
    env: [],
    preChecks: [],
    postChecks: [],
    workingDir: '/srv/flows',
    tags: ['nightly'],
  }));
  return { applicationName: 'nightly', workingDir: '/srv/flows', logDir: 'logs', allowShell: true, jobs };
}

function record(stateFolder, configuration, hashes) {
  for (let run = 1; run <= runs; run++) {
    const folder = join(stateFolder, 'runs', String(run));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'config.1.json'), JSON.stringify(configuration));
    writeFileSync(join(folder, 'journal.1.ndjson'), journal(run, configuration.jobs, hashes));
  }
}

function journal(run, jobs, hashes) {
  const lines = [];
  const beganMs = startMs + run * runEveryMs;
  const add = (type, m, own) => {
    const t = new Date(beganMs + m).toISOString();
    lines.push(JSON.stringify({ v: 1, seq: lines.length + 1, t, m, run, attempt: 1, type, ...own }));
  };
  const engine = { engine_pid: 1, boot_id: 'b', host: 'h', version: '0' };
  add('run.started', 0, {
    plan_hash: 'p',
    seed: 1,
    application: 'nightly',
    jobs: jobs.length,
    workers: 1,
    options: {},
    engine,
  });
  let m = 0;
  jobs.forEach(({ id }, index) => {
    const exit_code = (run * 31 + index) % 97 === 0 ? 7 : 0;
    const duration_ms = 1000 + ((run * 7919 + index * 104_729) % 5000);
    const fact = { job: id, round: 1, try: 1 };
    const token = `${run}.1.${index}.1.1`;
    add('job.starting', m, {
      ...fact,
      token,
      command_hash: 'c',
      definition_hash: hashes[index],
      limit_ms: 1e7,
    });
    add('job.started', m, { ...fact, pid: 1000 + index, ticks: 5 });
    m += duration_ms;
    add('job.exited', m, { ...fact, end: { exit_code, cpu_ms: 12, max_rss_kb: 4096 } });
    add('job.finished', m, {
      ...fact,
      status: exit_code === 0 ? 'succeeded' : 'failed',
      duration_ms,
      tries: 1,
    });
  });
  add('run.finished', m, { outcome: 'failed', exit_code: 1, counts: {} });
  return `${lines.join('\n')}\n`;
}
