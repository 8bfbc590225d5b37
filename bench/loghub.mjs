// Grouping accuracy of `logs patterns` on the Loghub samples, beside the published figures of Drain: the built command is fed
// the Content column line by line, as in the benchmark. `node bench/loghub.mjs` prints the table, and `--write` puts it
// into docs/log-patterns.md. The samples lie in shared/corpus/loghub beside the checkout, or in the folder
// that is named: all sets in it are measured.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { groupingAccuracy, parseCsv, readLoghub } from './loghub/groupingAccuracy.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const isProgram = import.meta.url === pathToFileURL(process.argv[1] ?? '').href;
const named = isProgram ? process.argv.slice(2).find((word) => !word.startsWith('-')) : undefined;
const corpus = named ?? join(root, '../shared/corpus/loghub');
const command = join(root, 'packages/logs/bin/executioner-logs.js');
const page = join(root, 'docs/log-patterns.md');

/** Rows for `npm run bench`: none where the samples are not. */
export async function run() {
  return measure().map(({ set, accuracy, drain }) => ({
    name: `grouping accuracy, ${set}`,
    figure: accuracy,
    unit: 'of lines',
    yardstick: 'Drain, published',
    yardstickFigure: drain,
    ratio: accuracy / drain,
    ...(set === 'average' && { goal: '≥ 0.865', met: accuracy >= 0.865 }),
  }));
}

function measure() {
  if (!existsSync(corpus)) return [];
  const [titles, ...published] = readFileSync(join(corpus, 'published.tsv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  const drainOf = new Map(published.map((row) => [row[0], Number(row[titles.indexOf('Drain_2019')])]));
  const sets = readdirSync(corpus, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const rows = sets.map((set) => ({ set, accuracy: accuracyOf(set), drain: drainOf.get(set) }));
  const known = rows.filter(({ drain }) => drain !== undefined);
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return [
    ...rows,
    {
      set: 'average',
      accuracy: mean(rows.map((row) => row.accuracy)),
      drain: mean(known.map((row) => row.drain)),
    },
  ];
}

function accuracyOf(set) {
  const lines = readLoghub(readFileSync(join(corpus, set, `${set}_2k.log_structured.csv`), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'loghub-'));
  try {
    const file = join(folder, 'content.log');
    writeFileSync(file, lines.map(({ content }) => `${content}\n`).join(''));
    const csv = execFileSync(process.execPath, [command, 'patterns', file, '--raw', '--format', 'csv'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    const found = parseCsv(csv)
      .slice(1)
      .map(([, pattern]) => pattern);
    if (found.length !== lines.length)
      throw new Error(`${set}: ${found.length} rows for ${lines.length} lines`);
    return groupingAccuracy(
      found,
      lines.map(({ event }) => event),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function table(rows) {
  const figure = (value) => (value === undefined ? '' : value.toFixed(3));
  return [
    '| data set | `logs patterns` | Drain, published |',
    '| --- | ---: | ---: |',
    ...rows.map(({ set, accuracy, drain }) => `| ${set} | ${figure(accuracy)} | ${figure(drain)} |`),
  ].join('\n');
}

if (isProgram) {
  const rows = measure();
  const made = rows.length === 0 ? 'The samples are not there.' : table(rows);
  process.stdout.write(`${made}\n`);
  if (process.argv.includes('--write') && rows.length > 0) {
    const text = readFileSync(page, 'utf8');
    const marks = /(<!-- made by bench\/loghub\.mjs -->\n)[\s\S]*?(\n<!-- end -->)/;
    writeFileSync(page, text.replace(marks, `$1${made}$2`));
  }
}
