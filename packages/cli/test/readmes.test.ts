// The samples of every README are run: a ```js block whose output follows in a ```text block, and ```console blocks
// of the built command. After a change that is meant to be seen, UPDATE_GOLDEN=1 writes the outputs anew.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const packages = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(packages, 'cli/bin/executioner.js');
const readmes = readdirSync(packages).filter((name) => existsSync(join(packages, name, 'README.md')));

let cwd: string;
beforeAll(() => {
  if (!existsSync(bin)) throw new Error('the packages are not built: run "npm run build" first');
  cwd = mkdtempSync(join(tmpdir(), 'executioner-readme-'));
  mkdirSync(join(cwd, 'runs'));
  cpSync(join(packages, 'report/test/fixtures/resumed'), join(cwd, 'runs/7'), { recursive: true });
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test.each(readmes)('packages/%s/README.md', (name) => {
  const path = join(packages, name, 'README.md');
  const written = readFileSync(path, 'utf8');
  const actual = written
    .replace(
      /^```js\n([\s\S]*?)^```\n\n```text\n[\s\S]*?^```$/gm,
      (_block, code: string) =>
        `\`\`\`js\n${code}\`\`\`\n\n\`\`\`text\n${outputOfCode(code, join(packages, name))}\`\`\``,
    )
    .replace(
      /^```console\n\$ executioner (.*)\n[\s\S]*?^```$/gm,
      (_block, args: string) => `\`\`\`console\n$ executioner ${args}\n${outputOfCommand(args)}\`\`\``,
    );
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, actual);
  else expect(written).toBe(actual);
});

/** Run in the folder of the package, where its own name leads to its build. */
function outputOfCode(code: string, folder: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: cwd },
  });
  return stdout.replace(/\n+$/, '\n') + stderr;
}

function outputOfCommand(args: string): string {
  const env = { PATH: process.env.PATH, HOME: cwd, EXECUTIONER_HOME: cwd, TZ: 'UTC' };
  const { stdout, stderr } = spawnSync(process.execPath, [bin, ...args.split(' ')], {
    cwd,
    encoding: 'utf8',
    env,
  });
  return stdout + stderr;
}
