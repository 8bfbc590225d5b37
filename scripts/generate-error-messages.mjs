// Writes docs/error-messages.md: the files of docs/broken and what `executioner run` says of each. Needs a build.
// `--check` writes nothing and fails when the page is stale.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = `${root}docs/broken/`;
const file = 'docs/error-messages.md';
const page = errorMessagesPage();

if (process.argv.includes('--check')) {
  if (readFileSync(root + file, 'utf8') !== page) {
    console.error(`${file} is out of date: run "npm run generate".`);
    process.exitCode = 1;
  }
} else {
  writeFileSync(root + file, page);
  console.log(`wrote ${file}`);
}

function errorMessagesPage() {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
  return [
    '# Error messages',
    '',
    'Broken files, and exactly what `executioner run` says of them on standard error. It starts nothing, creates',
    'nothing, and exits with 2. The files are in [docs/broken](broken); `diagnostics.md` explains each code.',
    '',
    ...files.flatMap(section),
  ].join('\n');
}

function section(name) {
  const text = readFileSync(folder + name, 'utf8');
  const run = spawnSync(process.execPath, [`${root}packages/cli/bin/executioner.js`, 'run', name], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (run.status !== 2 || run.stdout !== '')
    throw new Error(`${name}: exit code ${run.status}, ${run.stdout}`);
  const title = name.replace(/^\d+-|\.\w+$/g, '').replaceAll('-', ' ');
  return [
    `## ${title[0].toUpperCase()}${title.slice(1)}`,
    '',
    fence(extname(name).slice(1), text),
    '',
    fence('text', run.stderr),
    '',
  ];
}

function fence(language, text) {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
