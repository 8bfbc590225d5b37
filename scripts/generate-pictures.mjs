// Draws the pictures of docs/pictures from the examples and the journal of a run of one. Needs a build. `--check` writes nothing and
// fails when one is out of date.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const command = `${root}packages/cli/bin/executioner.js`;
const run = [
  'examples/nightly-etl.yaml',
  '--from-log',
  'docs/pictures/nightly-run.ndjson',
  '--time-zone',
  'UTC',
];
const pictures = {
  'docs/pictures/nightly-graph.svg': ['examples/nightly-etl.yaml'],
  'docs/pictures/nightly-run.svg': run,
  'docs/pictures/nightly-timeline.svg': [...run, '--view', 'timeline'],
};

for (const [file, words] of Object.entries(pictures)) {
  const picture = draw(words);
  if (!process.argv.includes('--check')) {
    writeFileSync(root + file, picture);
    console.log(`wrote ${file}`);
  } else if (!existsSync(root + file) || readFileSync(root + file, 'utf8') !== picture) {
    console.error(`${file} is out of date: run "npm run generate".`);
    process.exitCode = 1;
  }
}

function draw(words) {
  // Estimates come from the history of the machine: there is none.
  const env = { ...process.env, EXECUTIONER_HOME: `${root}node_modules/.none` };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [command, 'visualize', ...words, '--format', 'svg'],
    { cwd: root, encoding: 'utf8', env },
  );
  if (status !== 0) throw new Error(`visualize ${words.join(' ')}: ${stderr}`);
  return stdout;
}
