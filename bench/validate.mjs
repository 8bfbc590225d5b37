// Validate = load and all rules, with its files and programs looked up on this machine; measured against load of the same
// text: as the first call of a process, which is what a command does, and called again and again, as an editor does. And the
// whole process beside a Node.js that does nothing. Figures are processor time of all threads.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load, nodeHost } from '../packages/core/dist/index.js';
import { nodeWorld, validate } from '../packages/validate/dist/index.js';
import { asYaml, workflow } from './load.mjs';

const jobCount = 10_000;
const bin = fileURLToPath(new URL('../packages/cli/bin/executioner.js', import.meta.url));
const rounds = 16;
/** Calls in a row: what one leaves for the garbage collector must not be paid for by the other. */
const callsInRow = 4;
const firstCalls = 9;
const processRounds = 25;

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'executioner-bench-'));
  try {
    const files = workflows(folder);
    const kinds = [
      { name: 'nothing to find', configuration: files.clean },
      { name: 'nothing to find, YAML', configuration: files.clean, format: 'yaml' },
      { name: 'all commands different, half of them more than a program', configuration: files.different },
      { name: 'with findings in every tenth job', configuration: files.faulty, hasFindings: true },
    ];
    return [
      ...kinds.map((kind) => firstCallRow(kind, folder)),
      ...kinds.map((kind) => validateRow(kind, folder)),
      processRow(folder),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The workflows that are validated, with the files that they name made in `folder`. */
export function workflows(folder) {
  mkdirSync(join(folder, 'etl'), { recursive: true });
  for (const name of scripts) writeFileSync(join(folder, 'etl', name), '');
  return {
    clean: cleanWorkflow(folder),
    different: differentWorkflow(folder),
    faulty: faultyWorkflow(folder),
  };
}

const scripts = ['load.py', ...Array.from({ length: 200 }, (_, index) => `step_${index}.py`)];

/** Scripts and arguments differ from job to job, and every second command has pipes, redirections, conditions or loops. */
function differentWorkflow(folder) {
  const configuration = cleanWorkflow(folder);
  const word = (index) =>
    `${['orders', 'stock', 'price', 'client', 'depot', 'claim'][index % 6]}_${index.toString(36)}`;
  const shapes = [
    (w, s) => `mkdir -p out/${w} && python3 ${s} --table ${w} > out/${w}/rows.csv`,
    (w) => `sort -u in/${w}.csv | gzip > ${w}.csv.gz`,
    (w, s) => `python3 ${s} "${w}" --date "$BUSINESS_DATE" 2>&1 | sort > ${w}.log`,
    (w) => `if [ -s ${w}.csv ]; then wc -l ${w}.csv; else echo "no ${w} today" >&2; fi`,
    (w) => `for part in a b c; do cat "${w}.$part" >> ${w}.all; done`,
  ];
  const jobs = configuration.jobs.map((job, index) => {
    const script = scripts[1 + ((index * 7) % (scripts.length - 1))];
    const command =
      index % 2 === 0
        ? `python3 ${script} --table ${word(index)} --limit ${index * 13} --target "$BUSINESS_DATE"`
        : shapes[(index >> 1) % shapes.length](word(index), script);
    // None of the programs in pipes would use variables of the job.
    const { env_variables: _variables, ...rest } = job;
    return { ...(index % 2 === 0 ? job : rest), command };
  });
  return { ...configuration, jobs };
}

/** What people write, with a script that is there, and without dependencies that others imply. */
function cleanWorkflow(folder) {
  const configuration = workflow(jobCount);
  const script = join(folder, 'etl', 'load.py');
  const jobs = configuration.jobs.map((job, index) => ({
    ...job,
    command: job.command.replace('/opt/etl/load.py', script),
    dependencies: index === 0 ? [] : [`load_table_${Math.floor((index - 1) / 2)}`],
  }));
  return { ...configuration, working_dir: join(folder, 'etl'), jobs };
}

/** Every tenth job has one of five mistakes: a program, a variable, a quote, a warning too late, a redundant dependency. */
function faultyWorkflow(folder) {
  const configuration = cleanWorkflow(folder);
  const faults = [
    (job, index) => ({ ...job, command: `pyhton3 load_${index}.py` }),
    (job) => ({ ...job, command: 'cat "$BUSINES_DATE" | sort > sorted.txt' }),
    (job) => ({ ...job, command: 'if [ -s in.csv ]; then wc -l < in.csv; fi; [[ -n $X ]]' }),
    (job) => ({ ...job, timeout: '10m', timeout_warning: '20m' }),
    (job, index) => ({
      ...job,
      dependencies: [...job.dependencies, `load_table_${Math.floor((index - 3) / 4)}`],
    }),
  ];
  const jobs = configuration.jobs.map((job, index) =>
    index > 10 && index % 10 === 0 ? faults[(index / 10) % faults.length](job, index) : job,
  );
  return { ...configuration, jobs };
}

/** The first call in a process of its own. */
function firstCallRow({ name, configuration, format = 'json', hasFindings = false }, folder) {
  const { file, text } = sourceOf(configuration, folder, format);
  writeFileSync(file, text);
  // The least of several: what else the machine does only adds.
  const [loadMs, validateMs] = ['load', 'validate'].map((call) =>
    Math.min(...Array.from({ length: firstCalls }, () => firstCallMs(call, file, folder))),
  );
  const ratio = validateMs / loadMs;
  return {
    name: `validate ${jobCount.toLocaleString('en-GB')} jobs, all rules, ${name}`,
    figure: validateMs,
    unit: 'ms',
    yardstick: 'load of the same text',
    yardstickFigure: loadMs,
    ratio,
    ...(hasFindings
      ? { goal: '≤ 1,000 ms', met: validateMs <= 1000 }
      : { goal: '≤ 3 × and ≤ 1,000 ms', met: ratio <= 3 && validateMs <= 1000 }),
  };
}

function firstCallMs(call, file, folder) {
  const words = ['--input-type=module', '-e', firstCall, call, file, folder];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

const packageUrl = (name) => new URL(`../packages/${name}/dist/index.js`, import.meta.url).href;
const firstCall = `
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { load, nodeHost } from '${packageUrl('core')}';
import { nodeWorld, validate } from '${packageUrl('validate')}';
const [, call, file, folder] = process.argv;
const source = { file, text: readFileSync(file, 'utf8') };
const host = nodeHost(folder, homedir());
const start = process.cpuUsage();
if (call === 'load') load(source, host);
else validate(source, { host, world: nodeWorld(), environment: process.env });
const { user, system } = process.cpuUsage(start);
console.log((user + system) / 1000);
`;

function sourceOf(configuration, folder, format) {
  const text = format === 'json' ? JSON.stringify(configuration, null, 2) : asYaml(configuration);
  return { file: join(folder, `workflow.${format}`), text };
}

function validateRow({ name, configuration, format = 'json' }, folder) {
  const source = sourceOf(configuration, folder, format);
  const host = nodeHost(folder, homedir());
  let findings = 0;
  const loadOnce = () => load(source, host);
  const validateOnce = () => {
    const { diagnostics } = validate(source, { host, world: nodeWorld(), environment: process.env });
    findings = diagnostics.length;
  };
  const pairs = Array.from({ length: rounds }, () => [
    processorMs(loadOnce, callsInRow),
    processorMs(validateOnce, callsInRow),
  ]).slice(Math.floor(rounds / 4));
  const ratio = median(pairs.map(([loadMs, validateMs]) => validateMs / loadMs));
  const figure = median(pairs.map(([, validateMs]) => validateMs));
  return {
    name: `validate again and again, ${name}`,
    figure,
    unit: 'ms',
    yardstick: 'load of the same text',
    yardstickFigure: median(pairs.map(([loadMs]) => loadMs)),
    ratio,
    note: `${findings.toLocaleString('en-GB')} findings; ShellCheck apart`,
  };
}

function processRow(folder) {
  const file = join(folder, 'small.json');
  const jobs = ['extract', 'load', 'report'].map((id, index) => ({
    id,
    description: `The ${id} step`,
    command: `sh -c 'echo "${id}: $0"' now | tee -a steps.log`,
    ...(index > 0 && { dependencies: [['extract', 'load'][index - 1]] }),
  }));
  writeFileSync(file, JSON.stringify({ version: 2, application_name: 'small', jobs }, null, 2));
  const calls = [
    ['-e', '0'],
    [bin, 'validate', file],
  ];
  const timesMs = calls.map(() => []);
  for (let round = 0; round <= processRounds; round++) {
    calls.forEach((args, index) => {
      const elapsedMs = timed(() => {
        const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
        if (status !== 0) throw new Error(`${args.join(' ')} ended with exit code ${status}`);
      });
      // The first round warms the file cache.
      if (round > 0) timesMs[index].push(elapsedMs);
    });
  }
  const [idleMs, validateMs] = timesMs.map(median);
  return {
    name: 'executioner validate small.json, whole process, ShellCheck included where installed',
    figure: validateMs,
    unit: 'ms',
    yardstick: 'node -e 0',
    yardstickFigure: idleMs,
    ratio: validateMs / idleMs,
    goal: '≤ 3 ×',
    met: validateMs / idleMs <= 3,
  };
}

/** Processor time of one of `calls` calls in a row, of all threads. */
function processorMs(action, calls) {
  const start = process.cpuUsage();
  for (let call = 0; call < calls; call++) action();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / calls;
}

function timed(action) {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function median(figures) {
  return figures.toSorted((a, b) => a - b)[figures.length >> 1];
}
