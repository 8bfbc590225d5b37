// docs/benchmarks.md: the figures of bench/results.json as a page. `node bench/page.mjs` writes it, with `--check` it fails when
// the page is out of date; `run.mjs` writes it after each measurement.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { table } from './table.mjs';

const resultsFile = fileURLToPath(new URL('results.json', import.meta.url));
const pageFile = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));

const titles = {
  load: 'Loading a workflow',
  parse: 'Parsing JSON and YAML',
  selection: 'Selecting jobs',
  graph: 'Graph algorithms',
  scheduler: 'The scheduler, in virtual time',
  engine: 'Running jobs',
  peers: 'Running jobs, beside other programs',
  launcher: 'Starting processes',
  output: 'Output of jobs',
  textlogs: 'Writing text logs',
  masking: 'Masking secrets',
  journal: 'The journal',
  history: 'History, over 100,000 jobs of past runs',
  startup: 'Starting the command',
  validate: 'Validating',
  layout: 'Drawing: the layered layout',
  logs: 'Reading logs',
  patterns: 'Finding patterns in logs',
  loghub: 'Finding patterns in logs: grouping accuracy',
};

export function benchmarksPage() {
  const { machine, rows } = JSON.parse(readFileSync(resultsFile, 'utf8'));
  const known = [...new Set([...Object.keys(titles), ...rows.map(({ bench }) => bench)])];
  const sections = known.flatMap((bench) => {
    const own = rows.filter((row) => row.bench === bench);
    if (own.length === 0) return [];
    return [
      `## ${titles[bench] ?? bench}`,
      '',
      `[bench/${bench}.mjs](../bench/${bench}.mjs)`,
      '',
      table(own),
      '',
    ];
  });
  return [
    '# Benchmarks',
    '',
    'What `npm run bench` measured. Every figure stands beside a yardstick that was measured in the same run on the same machine;',
    'the ratio is the figure over the yardstick. Goals that are missed are shown as well. `npm run bench -- graph` runs one of',
    'them and writes this page anew.',
    '',
    `Machine: ${machine.cpus} × ${machine.cpu}, ${machine.platform}, Node.js ${machine.node}.`,
    '',
    ...sections,
  ].join('\n');
}

export function writeBenchmarksPage() {
  writeFileSync(pageFile, benchmarksPage());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes('--check')) writeBenchmarksPage();
  else if (readFileSync(pageFile, 'utf8') !== benchmarksPage()) {
    console.error('docs/benchmarks.md is out of date: run "node bench/page.mjs".');
    process.exitCode = 1;
  }
}
