// Runs the predecessor's configurations with the engine of this workspace, and compares what became of each job
// with what the predecessor recorded.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
export const corpus = join(root, '../shared/corpus/v1');
const scripts = join(root, 'packages/engine/test/fixtures/v1/test_scripts');
const builtEngine = join(root, 'packages/engine/bin/executioner-engine.js');

const v1Status = {
  succeeded: 'SUCCESS',
  failed: 'FAILED',
  errored: 'ERROR',
  timed_out: 'TIMEOUT',
  precheck_failed: 'FAILED',
  postcheck_failed: 'FAILED',
  skipped: 'SKIPPED',
  cancelled: 'CANCELLED',
  unknown: 'UNKNOWN',
};

/** Runs every configuration, each in a folder of its own that stands for the predecessor's checkout. */
export async function runCorpus(engine = builtEngine) {
  const folder = mkdtempSync(join(tmpdir(), 'v1-corpus-'));
  const waiting = readdirSync(join(corpus, 'configs')).sort();
  const runs = [];
  const worker = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
      runs.push(await runOne(name, folder, engine));
  };
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, worker));
  runs.sort((a, b) => (a.config < b.config ? -1 : 1));
  return { runs, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

async function runOne(name, folder, engine) {
  const config = basename(name, '.json');
  const checkout = join(folder, config);
  mkdirSync(checkout);
  cpSync(scripts, join(checkout, 'test_scripts'), { recursive: true });
  const text = readFileSync(join(corpus, 'configs', name), 'utf8').replaceAll('/opt/executioner', checkout);
  writeFileSync(join(checkout, name), text);
  const { exitCode, stdout, stderr } = await runEngine(
    [engine, name, '--continue-on-error', '--json', '--no-notify'],
    checkout,
  );
  return { config, checkout, exitCode, stderr, ...readEvents(stdout) };
}

function runEngine(args, cwd) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, EXECUTIONER_HOME: join(cwd, 'state'), NO_COLOR: '1' };
    const child = spawn(process.execPath, args, { cwd, env });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (part) => {
        output[name] += part;
      });
    }
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...output }));
  });
}

function readEvents(stdout) {
  const events = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const jobs = new Map();
  for (const event of events) {
    if (event.type === 'job.finished') {
      jobs.set(event.job, {
        status: v1Status[event.status],
        outcome: event.status,
        retries: event.tries - 1,
      });
    }
    if (event.type === 'job.skipped')
      jobs.set(event.job, { status: 'SKIPPED', outcome: 'skipped', retries: 0 });
  }
  const end = events.findLast((event) => event.type === 'run.finished');
  const runStatus = end === undefined ? '-' : end.outcome === 'succeeded' ? 'SUCCESS' : 'FAILED';
  return { runStatus, jobs };
}

/** What the predecessor recorded: by configuration its exit code, run status and jobs. */
export function observed() {
  const [, ...rows] = readFileSync(join(corpus, 'observed.tsv'), 'utf8').trimEnd().split('\n');
  const byConfig = new Map();
  for (const row of rows) {
    const [application, exitCode, runStatus, job, status, retries] = row.split('\t');
    const config = { plugin_test_app: 'plugin_test' }[application] ?? application;
    if (!byConfig.has(config))
      byConfig.set(config, { exitCode: Number(exitCode), runStatus, jobs: new Map() });
    byConfig.get(config).jobs.set(job, { status, retries: Number(retries) });
  }
  return byConfig;
}

const refused = 'v1 refuses this file too, with exit code 1; an invalid configuration is exit code 2 here';

/** Why our results differ, by configuration, and by job where it is about one. Each entry must be needed. */
export const reasons = {
  '96.0': {
    run: 'v1 refuses a file without working_dir; here it runs in its own folder and fails, there being no sqlplus',
  },
  circular_deps_test: { run: refused },
  failures_test: timeoutReasons('timeout_job', 'dependent_on_failed', 'failure_job1'),
  failures_test_array: timeoutReasons('timeout_job', 'dependent_on_failed', 'failure_job1'),
  failures_test_single_string: timeoutReasons('timeout_job', 'dependent_on_failed', 'failure_job1'),
  invalid_config_bad_types: { run: refused },
  invalid_config_missing_fields: { run: refused },
  mark_success_simple_test: { step3: skippedReason('step2') },
  mark_success_test: {
    validate_data: skippedReason('transform_data'),
    load_to_warehouse: skippedReason('transform_data'),
    generate_report: skippedReason('transform_data'),
    send_notifications: skippedReason('transform_data'),
  },
  maximal_job_test: { run: checkReason('pre-check') },
  missing_deps_test: { run: refused },
  plugin_test: { run: checkReason('pre-check') },
  'prconfig.minimal': {
    run: 'v1 refuses job_id and a file without working_dir; here it runs in its own folder and fails, there being no sqlplus',
  },
  retry_test: { dependent_on_retry: skippedReason('retry_job') },
  test_pre_post_checks: { run: checkReason('pre-check') },
};

function timeoutReasons(timedOut, dependent, dependency) {
  return {
    [timedOut]:
      'v1 overwrites TIMEOUT with FAILED in its history; a job that ran out of time is recorded as that',
    [dependent]: skippedReason(dependency),
  };
}

function skippedReason(job) {
  return `v1 records nothing for a job that never ran; here it is skipped, because of ${job}`;
}

function checkReason(kind) {
  return `v1 calls the run a success although the only job failed its ${kind}; a run with a failed job fails`;
}

/**
 * Our results beside v1's: a row for each run (`job` is empty) and each job. `same` is whether they agree, `reason` the
 * known reason why not. Of runs v1 has no record for, only the run has a row.
 */
export function compare(runs) {
  const recorded = observed();
  return runs.flatMap((run) => {
    const v1 = recorded.get(run.config);
    const known = reasons[run.config] ?? {};
    const head = row(run.config, '', outcomeText(v1), outcomeText(run), known.run);
    if (v1 === undefined) return [head];
    const names = new Set([...v1.jobs.keys(), ...run.jobs.keys()]);
    const rows = [...names].map((job) =>
      row(run.config, job, jobText(v1.jobs.get(job)), jobText(run.jobs.get(job)), known[job]),
    );
    return [head, ...rows];
  });
}

function row(config, job, v1, ours, reason) {
  return { config, job, v1, ours, same: v1 === ours, reason: reason ?? '' };
}

function outcomeText(run) {
  return run === undefined ? 'not recorded' : `${run.runStatus}, exit ${run.exitCode}`;
}

function jobText(job) {
  if (job === undefined) return 'absent';
  return job.retries > 0 ? `${job.status}, ${job.retries} retries` : job.status;
}

/** The rows as a page of documentation. */
export function page(rows) {
  const same = rows.filter((row) => row.same).length;
  return `# The configurations of v1, run here

Every configuration of the predecessor (v1, the Python tool), run with \`executioner run --continue-on-error\`, beside
what v1 recorded under the same option. The first row of each configuration is the run, the others are its jobs. The
folder \`/opt/executioner\` is replaced by one that holds \`success_script.py\` (exits with 0), \`failure_script.py\`
(exits with 1) and \`timeout_script.py\` (sleeps for 60 s); \`retry_script.py\` and \`input.sql\` are absent, as they were
when v1 was observed. ${same} of ${rows.length} rows agree; every other one says why it does not.

Made by \`node scripts/v1-table.mjs\`; a test holds it to be true.

| configuration | job | v1 | here | why they differ |
| --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row.job === '' ? row.config : ''} | ${row.job} | ${row.v1} | ${row.ours} | ${row.same ? '' : row.reason} |`).join('\n')}
`;
}
