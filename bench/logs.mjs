// Summaries of logs: megabytes for each second of processor time of the built command as a whole process, beside
// `grep -c` over the same file; and how much memory a file of 2 GB takes beside one of 100 MB.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lineSerializer } from '../packages/engine/dist/index.js';

const command = fileURLToPath(new URL('../packages/logs/bin/executioner-logs.js', import.meta.url));
const smallMegabytes = 100;
const largeMegabytes = 2000;
const rounds = 3;

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'executioner-logs-bench-'));
  try {
    return kinds.flatMap((kind) => rowsOf(kind, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const kinds = [
  { name: 'a run log', file: 'executioner.nightly.run-7.log', pieces: runLogPieces, goal: 100 },
  {
    name: 'an application log',
    file: 'executioner.nightly.log',
    pieces: applicationLogPieces,
    goal: 100,
    large: true,
  },
  {
    name: 'a job log',
    file: 'executioner.nightly.job-load.run-7.log',
    pieces: jobLogPieces,
    goal: 100,
    large: true,
  },
  { name: 'a journal', file: 'journal.1.ndjson', pieces: journalPieces, goal: 60, large: true },
];

function rowsOf({ name, file, pieces, goal, large = false }, folder) {
  const path = join(folder, file);
  const megabytes = write(path, pieces, smallMegabytes);
  const grep = megabytes / processorSeconds(['grep', '-c', 'ERROR', path]).seconds;
  const small = processorSeconds([process.execPath, command, path]);
  const figure = megabytes / small.seconds;
  const speed = {
    name: `summary of ${name}`,
    figure,
    unit: 'MB/s',
    yardstick: 'grep -c',
    yardstickFigure: grep,
    ratio: figure / grep,
    goal: `≥ ${goal} MB/s`,
    met: figure >= goal,
  };
  if (!large) return [speed];
  write(path, pieces, largeMegabytes);
  const whole = processorSeconds([process.execPath, command, path], 1);
  rmSync(path);
  const memory = {
    name: `memory for ${name} of 2 GB`,
    figure: whole.memoryMegabytes,
    unit: 'MB',
    yardstick: 'the same of 100 MB',
    yardstickFigure: small.memoryMegabytes,
    ratio: whole.memoryMegabytes / small.memoryMegabytes,
    goal: '≤ 1.5 ×',
    met: whole.memoryMegabytes <= 1.5 * small.memoryMegabytes,
  };
  return [speed, memory];
}

/** Writes at least so many megabytes; a generator never ends. */
function write(path, pieces, megabytes) {
  const descriptor = openSync(path, 'w');
  let bytes = 0;
  for (const piece of pieces()) {
    bytes += writeSync(descriptor, piece);
    if (bytes >= megabytes * 1e6) break;
  }
  closeSync(descriptor);
  return statSync(path).size / 1e6;
}

/**
 * User and system time of a process, the best of several, and the most memory that it had. Its output goes to a file, since
 * grep stops early when it goes to /dev/null.
 */
function processorSeconds(words, times = rounds) {
  const output = `${words.at(-1)}.out`;
  const timed = `TIMEFORMAT='%U %S'; time "$@" > "$0" || [ $? = 1 ]`;
  let seconds = Number.POSITIVE_INFINITY;
  let memoryMegabytes = 0;
  for (let round = 0; round < times; round++) {
    const { stderr, status } = spawnSync('bash', ['-c', timed, output, ...words], {
      encoding: 'utf8',
      env: {
        ...process.env,
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tellMemory)}`,
      },
    });
    if (status !== 0) throw new Error(`${words.join(' ')}: ${stderr}`);
    const [user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
    seconds = Math.min(seconds, user + system);
    const [, kilobytes = 0] = /memory (\d+)/.exec(stderr) ?? [];
    memoryMegabytes = Math.max(memoryMegabytes, Number(kilobytes) / 1000);
  }
  return { seconds, memoryMegabytes };
}

const tellMemory = `process.on('exit', () => process.stderr.write('memory ' + process.resourceUsage().maxRSS + '\\n'))`;

const day = (run) => String(1 + (run % 28)).padStart(2, '0');
const clock = (second) => new Date((second % 86_400) * 1000).toISOString().slice(11, 19);

/** One run of very many jobs. */
function* runLogPieces() {
  for (let number = 0; ; number += 200) {
    let text = number === 0 ? `2026-01-02 00:00:00 - INFO - Created run summary for run ID: 7\n` : '';
    for (let job = number; job < number + 200; job++) text += jobLines('2026-01-02', job, `load_${job}`, '');
    yield text;
  }
}

/** Run after run of a workflow of 200 jobs. */
function* applicationLogPieces() {
  for (let run = 1; ; run++) {
    const mark = `[RUN #${run}] `;
    const date = `2026-01-${day(run)}`;
    let text = `${date} 00:00:00 - INFO - ${mark}Created run summary for run ID: ${run}\n`;
    for (let job = 0; job < 200; job++) text += jobLines(date, job, `load_${job}`, mark);
    text += `${date} 00:10:00 - INFO - ${mark}Updated run summary for run ID: ${run} with status: SUCCESS\n`;
    yield text;
  }
}

function jobLines(date, job, id, mark) {
  const head = `${date} ${clock(job)} - INFO - ${mark}`;
  const end =
    job % 50 === 7
      ? `${date} ${clock(job)} - ERROR - ${mark}Job ${id} failed after 1 attempts.\n`
      : `${head}Job '${id}' completed successfully in ${(job % 97) / 10}0 seconds\n`;
  return `${head}Starting job '${id}'\n${head}Running job: ${id} Command: sqlplus -s app/app @load.sql ${id}\n${end}`;
}

/** What one job prints, try after try. */
function* jobLogPieces() {
  for (let tried = 0; ; tried++) {
    let text = tried === 0 ? '2026-01-02 00:00:00,000 - INFO - Executing job - load: load.sh\n' : '';
    for (let line = 0; line < 5000; line++) {
      text += `2026-01-02 ${clock(line)},${String(line % 1000).padStart(3, '0')} - INFO - loaded ${line * 37} rows of orders_${line % 97} from /srv/data/in/${line}.csv\n`;
    }
    yield `${text}2026-01-02 01:30:00,000 - ERROR - Job load: FAILED with exit code 3\n`;
  }
}

/** A run of 10,000 jobs that are opened again and again. */
function* journalPieces() {
  const jobs = 10_000;
  const jobIds = Array.from({ length: jobs }, (_, job) => `load_${job}`);
  const serialize = lineSerializer({ run: 7, attempt: 1, jobIds });
  const wallMs = Date.UTC(2026, 0, 2);
  let seq = 1;
  const line = (event) => serialize(event, seq++, wallMs + event.m);
  yield line({
    type: 'run.started',
    m: 0,
    plan_hash: 'x',
    seed: 1,
    application: 'nightly',
    jobs,
    workers: 8,
    options: {},
    engine: { engine_pid: 1, host: 'host', version: '0.1.0' },
  });
  for (let turn = 0; ; turn++) {
    const job = turn % jobs;
    const fact = { job, round: 1 + Math.floor(turn / jobs), try: 1 };
    const m = turn * 3;
    const failed = turn % 50 === 7;
    yield line({
      type: 'job.starting',
      m,
      ...fact,
      token: `7.1.${job}.${fact.round}.1.6553115e`,
      command_hash: 'f4c3be20508bbcb8',
      definition_hash: '634be8b782a0f8f4',
      limit_ms: 10_800_000,
    }) +
      line({ type: 'job.started', m: m + 1, ...fact, pid: 1000 + (turn % 30_000), ticks: 223_410 + turn }) +
      line({
        type: 'job.exited',
        m: m + 900,
        ...fact,
        end: { exit_code: failed ? 3 : 0, cpu_ms: 40, max_rss_kb: 20_480 },
      }) +
      line({
        type: 'job.finished',
        m: m + 901,
        ...fact,
        status: failed ? 'failed' : 'succeeded',
        duration_ms: 901,
        tries: 1,
      });
  }
}
