// Packs every package, installs the tarballs into an empty folder with plain npm, and uses them as a stranger
// would: each bin, also through npx, each library from ES modules, from CommonJS and from a strict TypeScript program.
// Before that, publint and are-the-types-wrong look at each tarball.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pnpm } from './pnpm.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'executioner-pack-'));
const tarballs = join(scratch, 'tarballs');
const consumer = join(scratch, 'consumer');
let checks = 0;

try {
  mkdirSync(tarballs);
  mkdirSync(consumer);
  const packages = pack();
  for (const { name, manifest, tarball } of packages) lint(name, manifest, tarball);
  install(packages);
  for (const { manifest } of packages) useBins(manifest);
  runWorkflow();
  resumeAsTold();
  readSchemas();
  for (const { manifest } of packages) importLibrary(manifest);
  compileConsumer(packages.map(({ manifest }) => manifest));
  process.stdout.write(`pack-test: ${packages.length} packages, ${checks} checks passed\n`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function pack() {
  return readdirSync(join(root, 'packages')).map((name) => {
    const folder = join(root, 'packages', name);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const before = new Set(readdirSync(tarballs));
    check(
      pnpm(['--dir', folder, 'pack', '--pack-destination', tarballs], { quiet: true }) === 0,
      `pack ${name}`,
    );
    const file = readdirSync(tarballs).find((entry) => !before.has(entry));
    return { name, manifest, tarball: join(tarballs, file) };
  });
}

function lint(name, manifest, tarball) {
  expectSuccess(`publint ${name}`, tool('publint', 'src/cli.js'), [tarball, '--strict']);
  if (isLibrary(manifest)) {
    expectSuccess(`attw ${name}`, tool('@arethetypeswrong/cli', 'dist/index.js'), [
      tarball,
      '--profile',
      'esm-only',
      '--no-emoji',
      '--no-color',
    ]);
  }
}

function tool(name, entry) {
  return join(root, 'node_modules', name, entry);
}

function install(packages) {
  const dependencies = Object.fromEntries(
    packages.map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`]),
  );
  const overrides = { ...dependencies };
  writeFileSync(
    join(consumer, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, dependencies, overrides }),
  );
  const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: consumer,
    encoding: 'utf8',
  });
  check(npm.status === 0, `npm install of the tarballs\n${npm.stdout}${npm.stderr}`);
}

function useBins(manifest) {
  for (const bin of Object.keys(manifest.bin ?? {})) {
    const help = runBin(bin, ['--help']);
    check(help.status === 0 && help.stdout.includes(bin), `${bin} --help`, help);
    const version = runBin(bin, ['--version']);
    check(version.status === 0 && version.stdout.includes(manifest.version), `${bin} --version`, version);
  }
}

/** One real task for each bin that runs workflows: two jobs, the second reads what the first wrote. */
function runWorkflow() {
  const workflow = {
    version: 2,
    application_name: 'packed',
    jobs: [
      { id: 'write', command: 'echo from-tarball > result.txt' },
      { id: 'read', command: 'grep from-tarball result.txt', dependencies: ['write'] },
    ],
  };
  writeFileSync(join(consumer, 'workflow.json'), JSON.stringify(workflow));
  for (const words of [
    ['executioner', 'run', 'workflow.json'],
    ['executioner-engine', 'workflow.json'],
    ['@executioner/cli', 'run', 'workflow.json'],
  ]) {
    const run = npx(words);
    check(run.status === 0 && run.stdout.includes('Status: SUCCESS'), `npx ${words.join(' ')}`, run);
  }
}

/** A run that fails says how to go on, and what it says can be typed as it stands. */
function resumeAsTold() {
  const jobs = [{ id: 'wait', command: 'test -e now' }];
  writeFileSync(join(consumer, 'failing.json'), JSON.stringify({ version: 2, jobs }));
  const failed = npx(['executioner', 'run', 'failing.json']);
  const [, told] = /\nResume: (.*)\n/.exec(failed.stdout) ?? [];
  check(
    failed.status === 1 && told?.startsWith('npx @executioner/cli run '),
    'the command to resume',
    failed,
  );
  writeFileSync(join(consumer, 'now'), '');
  const resumed = spawnSync('sh', ['-c', told], inConsumer());
  check(resumed.status === 0 && resumed.stdout.includes('(Attempt 2)'), told, resumed);
}

/** The published schemas can be loaded by the names that the documents give. */
function readSchemas() {
  for (const schema of [
    '@executioner/core/schema/executioner.schema.json',
    '@executioner/engine/schema/journal.schema.json',
    '@executioner/engine/schema/plan.schema.json',
  ]) {
    const script = `if (require('${schema}').$schema === undefined) throw new Error('no schema')`;
    const read = spawnSync(process.execPath, ['-e', script], inConsumer());
    check(read.status === 0, `require ${schema}`, read);
  }
}

function importLibrary(manifest) {
  if (!isLibrary(manifest)) return;
  const show = `if (Object.keys(library).length === 0) throw new Error('exports nothing')`;
  const esm = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', `import * as library from '${manifest.name}'; ${show}`],
    inConsumer(),
  );
  check(esm.status === 0, `import ${manifest.name} from an ES module`, esm);
  const cjs = spawnSync(
    process.execPath,
    ['-e', `const library = require('${manifest.name}'); ${show}`],
    inConsumer(),
  );
  check(cjs.status === 0, `require ${manifest.name} from CommonJS`, cjs);
}

function compileConsumer(manifests) {
  const libraries = manifests.filter(isLibrary);
  const lines = libraries.map(({ name }, index) => `import * as library${index} from '${name}';`);
  const uses = libraries.map(
    (_, index) => `if (Object.keys(library${index}).length === 0) throw new Error();`,
  );
  const program = readFileSync(join(root, 'scripts/fixtures/consumer.ts'), 'utf8');
  writeFileSync(join(consumer, 'imports.ts'), [...lines, ...uses, ''].join('\n'));
  writeFileSync(join(consumer, 'consumer.ts'), program);
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    module: 'NodeNext',
    target: 'ES2022',
    lib: ['ES2023'],
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    outDir: 'out',
  };
  writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const manifest = JSON.parse(readFileSync(join(consumer, 'package.json'), 'utf8'));
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ ...manifest, type: 'module' }));
  const tsc = spawnSync(process.execPath, [tool('typescript', 'bin/tsc'), '-p', '.'], inConsumer());
  check(tsc.status === 0, 'strict TypeScript program', tsc);
  const run = spawnSync(process.execPath, ['out/consumer.js'], inConsumer());
  check(run.status === 0, 'compiled TypeScript program', run);
  const told = run.stdout.replace(/^\d+ |\d+ ms$/gm, '').split('\n');
  check(
    ['write succeeded ', 'read succeeded ', 'succeeded'].every((line, index) => told[index] === line),
    'events that the TypeScript program prints',
    run,
  );
}

function isLibrary(manifest) {
  return manifest.exports?.['.'] !== undefined;
}

function runBin(bin, args) {
  return spawnSync(join(consumer, 'node_modules/.bin', bin), args, inConsumer());
}

/** `--no-install`: what is not in the folder is not fetched from elsewhere. */
function npx(words) {
  return spawnSync('npx', ['--no-install', ...words], inConsumer());
}

function inConsumer() {
  return {
    cwd: consumer,
    encoding: 'utf8',
    env: { ...process.env, EXECUTIONER_HOME: join(scratch, 'state') },
  };
}

function expectSuccess(title, script, args) {
  try {
    execFileSync(process.execPath, [script, ...args], { encoding: 'utf8', stdio: 'pipe' });
    check(true, title);
  } catch (error) {
    check(false, title, error);
  }
}

function check(ok, title, output) {
  checks += 1;
  if (ok) return;
  throw new Error(`pack-test failed: ${title}\n${output?.stdout ?? ''}${output?.stderr ?? ''}`);
}
