// Logs of many kinds for the benchmarks of `logs`, made up line by line. Each kind gives pieces of text without end; whoever
// writes them stops when there is enough.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lineSerializer } from '../packages/engine/dist/index.js';

const runLog = 'executioner.nightly.run-7.log';
const applicationLog = 'executioner.nightly.log';
const jobLog = 'executioner.nightly.job-load.run-7.log';
const journal = 'journal.1.ndjson';

/** `goal` in megabytes a second; `large`: also measured at 2 GB. */
export const logKinds = [
  { name: 'a run log: one run of very many jobs', file: runLog, pieces: manyJobs, goal: 100 },
  { name: 'a run log: 1,000 jobs retried again and again', file: runLog, pieces: retriedJobs, goal: 100 },
  { name: 'a run log: 500 jobs at a time, long ids', file: runLog, pieces: parallelJobs, goal: 100 },
  {
    name: 'an application log: runs of 200 jobs',
    file: applicationLog,
    pieces: () => runsOf({ jobs: 200 }),
    goal: 100,
    large: true,
  },
  {
    name: 'an application log: runs of 3 jobs',
    file: applicationLog,
    pieces: () => runsOf({ jobs: 3 }),
    goal: 100,
    large: true,
  },
  {
    name: 'an application log: 8 runs at a time',
    file: applicationLog,
    pieces: interleavedRuns,
    goal: 100,
  },
  {
    name: 'an application log: commands of 2 KB',
    file: applicationLog,
    pieces: () => runsOf({ jobs: 40, command: (id) => `${'sqlplus -s app/app @load.sql '.repeat(70)}${id}` }),
    goal: 100,
  },
  {
    name: 'an application log: commands of many lines, no two alike',
    file: applicationLog,
    pieces: () => runsOf({ jobs: 40, command: scriptFor }),
    goal: 100,
  },
  { name: 'an application log: half of it errors', file: applicationLog, pieces: failingRuns, goal: 100 },
  { name: 'a job log', file: jobLog, pieces: jobOutput, goal: 100, large: true },
  { name: 'a job log: most of it errors', file: jobLog, pieces: jobErrors, goal: 100 },
  { name: 'a journal: 10,000 jobs', file: journal, pieces: () => journalOf({}), goal: 60, large: true },
  {
    name: 'a journal: jobs retried again and again',
    file: journal,
    pieces: () => journalOf({ tries: 5_000, jobs: 50 }),
    goal: 60,
  },
  { name: 'a journal: many attempts', file: journal, pieces: attemptsOfJournal, goal: 60 },
  { name: 'a journal: locks, checks and output', file: journal, pieces: chattyJournal, goal: 60 },
  { name: 'a journal: large facts', file: journal, pieces: factfulJournal, goal: 60 },
];

const v1Logs = fileURLToPath(new URL('../../shared/corpus/v1/logs', import.meta.url));
if (existsSync(v1Logs)) {
  logKinds.push(
    {
      name: "version 1's run logs, one after the other",
      file: applicationLog,
      pieces: () => realLogs(/run-\d+\.log$/),
      goal: 100,
    },
    {
      name: "version 1's application logs, run after run",
      file: applicationLog,
      pieces: realApplicationLogs,
      goal: 100,
      large: true,
    },
    {
      name: "version 1's logs of all kinds, one after the other",
      file: 'all.log',
      pieces: () => realLogs(/\.log$/),
      goal: 100,
    },
  );
}

const day = (run) => String(1 + (run % 28)).padStart(2, '0');
const clock = (second) => new Date((second % 86_400) * 1000).toISOString().slice(11, 19);
const plainCommand = (id) => `sqlplus -s app/app @load.sql ${id}`;

/** One run of very many jobs. */
function* manyJobs() {
  for (let number = 0; ; number += 200) {
    let text = number === 0 ? '2026-01-02 00:00:00 - INFO - Created run summary for run ID: 7\n' : '';
    for (let job = number; job < number + 200; job++)
      text += jobLines({ date: '2026-01-02', second: job, id: `load_${job}`, fails: job % 50 === 7 });
    yield text;
  }
}

function jobLines({ date, second, id, mark = '', fails, command = plainCommand }) {
  const head = `${date} ${clock(second)} - INFO - ${mark}`;
  const end = fails
    ? `${date} ${clock(second)} - ERROR - ${mark}Job ${id} failed after 1 attempts.\n`
    : `${head}Job '${id}' completed successfully in ${(second % 97) / 10}0 seconds\n`;
  return `${head}Starting job '${id}'\n${head}Running job: ${id} Command: ${command(id)}\n${end}`;
}

/** One run whose jobs fail and are tried again, thousands of times. */
function* retriedJobs() {
  const ids = Array.from({ length: 1000 }, (_, job) => `extract.customer-${job}`);
  let text = '2026-01-02 00:00:00 - INFO - Created run summary for run ID: 7\n';
  for (const id of ids)
    text += `2026-01-02 00:00:00 - INFO - Starting job '${id}'\n2026-01-02 00:00:00 - INFO - Running job: ${id} Command: ${plainCommand(id)}\n`;
  yield text;
  for (let retry = 1; ; retry++) {
    const head = `2026-01-${day(1 + Math.floor(retry / 1440))} ${clock(retry * 60)}`;
    text = '';
    for (const id of ids) {
      text += `${head} - INFO - Will retry job ${id} in 30.0 seconds (attempt ${retry}/9999)\n`;
      if (retry % 3 === 0) text += `${head} - ERROR - Job ${id} timed out after 30 seconds (timeout=30).\n`;
      text += `${head} - INFO - Retry attempt ${retry}/9999 for job ${id}\n`;
    }
    yield text;
  }
}

/** One run in which jobs begin and end in any order. */
function* parallelJobs() {
  yield '2026-01-02 00:00:00 - INFO - Created run summary for run ID: 7\n2026-01-02 00:00:00 - INFO - Parallel execution with 500 workers\n';
  const random = randomNumbers(7);
  const idOf = (job) => `warehouse/region-${job % 37}/table_${(job * 7919) % 100_003}/load-and-check-${job}`;
  const active = [];
  for (let job = 0; ; ) {
    let text = '';
    for (let turn = 0; turn < 200; turn++) {
      const head = `2026-01-02 ${clock(job / 10)} - INFO - `;
      if (active.length < 500) {
        const id = idOf(job++);
        active.push(id);
        text += `${head}Starting job '${id}'\n${head}Running job: ${id} Command: ${plainCommand(id)}\n`;
      } else {
        const at = random() % active.length;
        text += `${head}Job '${active[at]}' completed successfully in ${(random() % 9999) / 100} seconds\n`;
        active[at] = active.at(-1);
        active.pop();
      }
    }
    yield text;
  }
}

/** Run after run of one workflow. */
function* runsOf({ jobs, command }) {
  for (let run = 1; ; ) {
    let text = '';
    for (const last = run + Math.ceil(200 / jobs); run < last; run++) {
      const mark = `[RUN #${run}] `;
      const date = `2026-01-${day(run)}`;
      text += `${date} 00:00:00 - INFO - ${mark}Created run summary for run ID: ${run}\n`;
      for (let job = 0; job < jobs; job++)
        text += jobLines({ date, second: job, id: `load_${job}`, mark, fails: job % 50 === 7, command });
      text += `${date} 00:10:00 - INFO - ${mark}Updated run summary for run ID: ${run} with status: SUCCESS\n`;
    }
    yield text;
  }
}

/** A script of many lines that names the day, so that no two are alike. */
let scripts = 0;
function scriptFor(id) {
  scripts += 1;
  const steps = Array.from(
    { length: 12 },
    (_, step) => `  sqlplus -s app/app @step_${step}.sql ${id} ${scripts}`,
  );
  return `set -eu; cd /srv/data/in/${scripts}\n${steps.join(' &&\n')}\n  echo "done: ${id}"`;
}

/** An application whose runs overlap, each with jobs at the same time. */
function* interleavedRuns() {
  for (let first = 1; ; first += 8) {
    let text = '';
    const date = `2026-01-${day(first)}`;
    const marks = Array.from({ length: 8 }, (_, index) => `[RUN #${first + index}] `);
    const say = (second, mark, message) => {
      text += `${date} ${clock(second)} - INFO - ${mark}${message}\n`;
    };
    marks.forEach((mark, index) => {
      say(0, '[RUN #main] ', `Initialized run ID: ${first + index}, attempt: 1`);
      say(0, mark, `Created run summary for run ID: ${first + index}`);
      say(0, mark, 'Parallel execution with 4 workers');
    });
    for (let job = 0; job < 50; job += 2) {
      for (const mark of marks) {
        for (const id of [`stage_${job}`, `stage_${job + 1}`]) {
          say(job, mark, `Starting job '${id}'`);
          say(job, mark, `Running job: ${id} Command: python3 /opt/etl/stage.py --job ${id} --day ${date}`);
        }
      }
      for (const mark of marks)
        for (const id of [`stage_${job + 1}`, `stage_${job}`])
          say(job + 2, mark, `Job '${id}' completed successfully in ${(job % 7) / 10}3 seconds`);
    }
    for (const [index, mark] of marks.entries())
      say(60, mark, `Updated run summary for run ID: ${first + index} with status: SUCCESS`);
    yield text;
  }
}

/** Runs in which jobs fail, each in its way, and mails cannot be sent. */
function* failingRuns() {
  for (let run = 1; ; run++) {
    const mark = `[RUN #${run}] `;
    const date = `2026-01-${day(run)}`;
    let text = `${date} 00:00:00 - INFO - ${mark}Created run summary for run ID: ${run}\n`;
    const say = (level, message) => {
      text += `${date} 00:00:03 - ${level} - ${mark}${message}\n`;
    };
    for (let job = 0; job < 60; job++) {
      const id = `load_${job}`;
      say('INFO', `Starting job '${id}'`);
      say('INFO', `Running job: ${id} Command: ${plainCommand(id)}`);
      if (job % 4 === 0) {
        say('ERROR', `Job ${id} timed out after 30 seconds (timeout=30).`);
        say('ERROR', `Job ${id} failed after 1 attempts.`);
        say('WARNING', `Job ${id} failed but continuing.`);
      } else if (job % 4 === 1) say('ERROR', `Pre-checks failed for job ${id}. Skipping job execution.`);
      else if (job % 4 === 2)
        say('ERROR', `Job ${id} failed with status 'FAILED' and exit code ${job}. No retry conditions met.`);
      else say('INFO', `Job '${id}' completed successfully in 0.${10 + job} seconds`);
      say('WARNING', `Job ${id} is still running after ${run}.5 seconds`);
    }
    say('WARNING', 'The following jobs were not completed: report, mail');
    say('INFO', `Updated run summary for run ID: ${run} with status: FAILED`);
    say('ERROR', 'Failed to send notification email: [Errno 111] Connection refused');
    yield text;
  }
}

/** What one job prints, try after try. */
function* jobOutput() {
  for (let tried = 0; ; tried++) {
    let text = tried === 0 ? '2026-01-02 00:00:00,000 - INFO - Executing job - load: load.sh\n' : '';
    for (let line = 0; line < 5000; line++) {
      text += `2026-01-02 ${clock(line)},${String(line % 1000).padStart(3, '0')} - INFO - loaded ${line * 37} rows of orders_${line % 97} from /srv/data/in/${line}.csv\n`;
    }
    yield `${text}2026-01-02 01:30:00,000 - ERROR - Job load: FAILED with exit code 3\n`;
  }
}

/** A job that is tried every second, and has little to say but that it failed. */
function* jobErrors() {
  yield '2026-01-02 00:00:00,000 - INFO - Executing job - load: load.sh\n';
  for (let second = 0; ; second += 100) {
    let text = '';
    for (let tried = second; tried < second + 100; tried++) {
      const head = `2026-01-02 ${clock(tried)}`;
      text += `${head},100 - INFO - ORA-00942: table or view does not exist: orders_${tried}\n`;
      text += `${head},200 - ERROR - Post-check failed: check_no_ora_errors\n`;
      text += `${head},201 - ERROR - found ORA-00942 in line ${tried % 7}\n`;
      text += `${head},300 - ERROR - Job load: FAILED with exit code 3\n`;
    }
    yield text;
  }
}

const v1Text = (file) => {
  const text = readFileSync(`${v1Logs}/${file}`, 'utf8');
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
};

/** All logs whose names match, again and again. */
function* realLogs(names) {
  const text = readdirSync(v1Logs)
    .filter((file) => names.test(file))
    .sort()
    .map(v1Text)
    .join('');
  for (;;) yield text;
}

/** The logs of all applications, the runs numbered on from round to round. */
function* realApplicationLogs() {
  const text = readdirSync(v1Logs)
    .filter((file) => !/\.(run|job)-/.test(file))
    .sort()
    .map(v1Text)
    .join('');
  for (let round = 0; ; round++)
    yield text.replaceAll(/(\[RUN #|run ID: )(\d+)/g, (_, head, run) => head + (Number(run) + 100 * round));
}

/** Writes the lines of a journal: `line(event)`. */
function journalLines(jobs) {
  const jobIds = Array.from({ length: jobs }, (_, job) => `load_${job}`);
  const wallMs = Date.UTC(2026, 0, 2);
  let seq = 1;
  let serialize;
  return {
    begin(attempt) {
      serialize = lineSerializer({ run: 7, attempt, jobIds });
    },
    line: (event) => serialize(event, seq++, wallMs + event.m),
  };
}

const runStarted = (jobs, options = {}) => ({
  type: 'run.started',
  m: 0,
  plan_hash: 'x',
  seed: 1,
  application: 'nightly',
  jobs,
  workers: 8,
  options,
  engine: { engine_pid: 1, host: 'host', version: '0.1.0' },
});

/** What the engine writes of one try of a job. */
function tryLines({ line }, { m, fact, failed, retried = false }) {
  const starting = {
    type: 'job.starting',
    m,
    ...fact,
    token: `7.1.${fact.job}.${fact.round}.${fact.try}.6553115e`,
    command_hash: 'f4c3be20508bbcb8',
    definition_hash: '634be8b782a0f8f4',
    limit_ms: 10_800_000,
  };
  const end = { exit_code: failed ? 3 : 0, cpu_ms: 40, max_rss_kb: 20_480 };
  const closed = retried
    ? { type: 'job.retrying', m: m + 901, ...fact, status: 'failed', delay_ms: 30_000 }
    : {
        type: 'job.finished',
        m: m + 901,
        ...fact,
        status: failed ? 'failed' : 'succeeded',
        duration_ms: 901,
        tries: fact.try,
      };
  return (
    line(starting) +
    line({ type: 'job.started', m: m + 1, ...fact, pid: 1000 + (m % 30_000), ticks: 223_410 + m }) +
    line({ type: 'job.exited', m: m + 900, ...fact, end }) +
    line(closed) +
    (retried ? line({ type: 'job.due', m: m + 30_901, ...fact }) : '')
  );
}

/** A run whose jobs are opened again and again, each time with so many tries. */
function* journalOf({ jobs = 10_000, tries = 1 }) {
  const lines = journalLines(jobs);
  lines.begin(1);
  yield lines.line(runStarted(jobs));
  for (let turn = 0; ; turn++) {
    const tried = 1 + (turn % tries);
    const job = Math.floor(turn / tries) % jobs;
    const fact = { job, round: 1 + Math.floor(turn / tries / jobs), try: tried };
    const failed = tried < tries || turn % 50 === 7;
    yield tryLines(lines, { m: turn * 3, fact, failed, retried: tried < tries });
  }
}

/** A run that was interrupted and resumed again and again: most jobs are kept. */
function* attemptsOfJournal() {
  const jobs = 500;
  const lines = journalLines(jobs);
  for (let attempt = 1; ; attempt++) {
    lines.begin(attempt);
    let text = lines.line(runStarted(jobs));
    for (let job = 0; job < jobs; job++) {
      const fact = { job, round: 1, try: 1 };
      const kept = { type: 'job.kept', m: job, ...fact, status: 'succeeded', from_attempt: attempt - 1 };
      text +=
        attempt > 1 && job % 5 > 0 ? lines.line(kept) : tryLines(lines, { m: job * 3, fact, failed: false });
    }
    const counts = { succeeded: jobs };
    yield text + lines.line({ type: 'run.finished', m: 9000, outcome: 'succeeded', exit_code: 0, counts });
  }
}

/** Much that a summary does not need. */
function* chattyJournal() {
  const jobs = 1000;
  const lines = journalLines(jobs);
  lines.begin(1);
  yield lines.line(runStarted(jobs));
  for (let turn = 0; ; turn++) {
    const fact = { job: turn % jobs, round: 1 + Math.floor(turn / jobs), try: 1 };
    const m = turn * 3;
    const check = { m, ...fact, phase: 'pre', index: 0, name: 'check_file_exists' };
    let text = lines.line({ type: 'lock.requested', m, ...fact, try: 0, locks: ['warehouse'] });
    text += lines.line({ type: 'lock.granted', m, ...fact, try: 0, locks: ['warehouse'] });
    text += lines.line({ type: 'check.started', ...check, try: 0 });
    text += lines.line({
      type: 'check.finished',
      ...check,
      try: 0,
      ok: true,
      values: { path: `/srv/in/${turn}.csv`, exists: true },
    });
    for (let output = 0; output < 5; output++)
      text += lines.line({ type: 'job.output', m: m + output, ...fact });
    text += lines.line({ type: 'job.warning', m: m + 8, ...fact, what: 'slow', after_ms: 8 });
    yield text + tryLines(lines, { m, fact, failed: turn % 50 === 7 });
  }
}

/** Events that carry much: what a check looked at, and the options and environment of each attempt. */
function* factfulJournal() {
  const jobs = 100;
  const lines = journalLines(jobs);
  const environment = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [
      `ENVIRONMENT_VARIABLE_${index}`,
      `/opt/environment/value/${index}`,
    ]),
  );
  const found = Array.from(
    { length: 60 },
    (_, index) => `line ${index}: ORA-00942: table or view does not exist`,
  );
  for (let attempt = 1; ; attempt++) {
    lines.begin(attempt);
    let text = lines.line(runStarted(jobs, { file: '/srv/workflow.json', environment }));
    for (let job = 0; job < jobs; job++) {
      const fact = { job, round: 1, try: 1 };
      const check = { m: job, ...fact, phase: 'post', index: 0, name: 'check_no_ora_errors' };
      text += tryLines(lines, { m: job, fact, failed: false });
      text += lines.line({ type: 'check.started', ...check });
      text += lines.line({ type: 'check.finished', ...check, ok: true, values: { found } });
    }
    yield text;
  }
}

/** The same numbers each time: a linear congruential generator (Lehmer 1949), enough for a mixture. */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
}
