import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

const bin = fileURLToPath(new URL('../../bin/executioner-validate.js', import.meta.url));

let folder: string;
beforeAll(() => {
  if (!existsSync(bin)) throw new Error('packages/validate is not built: run "npm run build" first');
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'executioner-validate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

function validate(args: readonly string[], input?: string | Buffer) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    encoding: 'utf8',
    input: input ?? '',
    env: { PATH: '/usr/bin:/bin', HOME: folder },
  });
  return { exitCode: status, stdout, stderr };
}

function codes(args: readonly string[], input?: string): string[] {
  const { stdout } = validate([...args, '--json', '--shellcheck', 'off'], input);
  return JSON.parse(stdout).diagnostics.map(({ code }: { code: string }) => code);
}

const good = 'version: 2\njobs:\n  - { id: a, description: First, command: echo hello }\n';
const warned = 'version: 2\njobs:\n  - { id: a, description: First, command: pyhton3 x }\n';
const wrong = 'version: 2\njobs:\n  - { id: a, description: First, command: echo, dependencies: [b] }\n';

describe('exit codes', () => {
  test('0 without errors, 1 with errors, with --strict also with warnings', () => {
    write('good.yaml', good);
    write('warned.yaml', warned);
    write('wrong.yaml', wrong);
    expect(validate(['good.yaml', '--strict'])).toEqual({ exitCode: 0, stdout: 'no problems\n', stderr: '' });
    expect(validate(['warned.yaml']).exitCode).toBe(0);
    expect(validate(['warned.yaml', '--strict']).exitCode).toBe(1);
    expect(validate(['good.yaml', 'wrong.yaml']).exitCode).toBe(1);
  });

  test('2 for what is not there, with what was likely meant', () => {
    write('nightly.yaml', good);
    expect(validate(['nigthly.yaml'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('did you mean "nightly.yaml"?'),
    });
    write('empty/readme.txt', 'nothing');
    expect(validate(['empty']).exitCode).toBe(2);
    expect(validate(['nightly.yaml', '--rule', 'W401']).stderr).toContain('write --rule W401=off');
    expect(validate(['nightly.yaml', '--rule', 'E301=off'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('a run refuses such a file'),
    });
    expect(validate(['nightly.yaml', '--rule', 'X401=off']).stderr).toContain('there is no code "X401"');
  });
});

describe('--fix', () => {
  test('follows suggestions with --unsafe alone, which --dry-run shows as a diff', () => {
    write('s.yaml', warned);
    expect(validate(['s.yaml', '--fix', '--dry-run']).stderr).toBe('nothing to mend\n');
    const { stdout, stderr } = validate(['s.yaml', '--fix', '--unsafe', '--dry-run']);
    expect(stdout).toBe(`--- a/s.yaml
+++ b/s.yaml
@@ -1,3 +1,3 @@
 version: 2
 jobs:
-  - { id: a, description: First, command: pyhton3 x }
+  - { id: a, description: First, command: python3 x }
`);
    expect(stderr).toBe('would follow 1 suggestion in s.yaml: W401 Program that is not found\n');
    expect(read('s.yaml')).toBe(warned);
    expect(validate(['s.yaml']).stdout).toContain('1 warning (1 with --fix --unsafe)');
    expect(validate(['s.yaml', '--fix', '--unsafe']).stderr).toContain('followed 1 suggestion in s.yaml');
    expect(read('s.yaml')).toBe(warned.replace('pyhton3', 'python3'));
    expect(validate(['s.yaml', '--unsafe'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--fix'),
    });
  });

  test('makes UTF-8 of UTF-16, in the folder too', () => {
    const text = 'version: 2\r\njobs:\r\n  - { id: a, description: Für alle 😀, command: "true" }\r\n';
    for (const [name, bytes] of [
      ['le', Buffer.from(`\ufeff${text}`, 'utf16le')],
      ['be', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
      ['le-bare', Buffer.from(text, 'utf16le')],
      ['be-bare', Buffer.from(text, 'utf16le').swap16()],
    ] as const) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'w.yaml'), bytes);
      const before = validate([name]);
      expect(before).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('W106: the file is written in UTF-16'),
      });
      expect(validate([name, '--fix', '--dry-run'])).toMatchObject({
        stdout: '',
        stderr: `would mend 1 finding in ${name}/w.yaml: W106 File in UTF-16\n`,
      });
      expect(validate([name, '--fix']).stdout).toBe('no problems\n');
      expect(read(`${name}/w.yaml`)).toBe(text);
      expect(validate([name, '--fix']).stderr).toBe('nothing to mend\n');
      expect(validate(['-'], bytes)).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('<stdin>:1:1 warning W106: the text is written in UTF-16'),
      });
      expect(validate(['--fix', '-'], bytes)).toMatchObject({ exitCode: 0, stdout: text });
    }
  });
});

describe('what is shown', () => {
  test('place, code, source, hint and counts; several files together', () => {
    write('a.yaml', warned);
    write('b.yaml', wrong);
    expect(validate(['a.yaml', 'b.yaml', '--shellcheck', 'off']).stdout).toBe(
      `a.yaml:3:43 warning W401: job "a" runs "pyhton3", which is in no folder of the PATH
  3 |   - { id: a, description: First, command: pyhton3 x }
    |                                           ^^^^^^^
  hint: did you mean "python3"?

b.yaml:3:64 error E301: job "a" depends on "b", which is not defined
  3 |   - { id: a, description: First, command: echo, dependencies: [b] }
    |                                                                ^
  hint: correct the id, add the job, or remove the dependency

1 error, 1 warning in 2 workflows (1 with --fix --unsafe)
`,
    );
  });

  test('a secret never', () => {
    write(
      'w.json',
      JSON.stringify({
        version: 2,
        env_variables: { DB_PASSWORD: 'correct-horse', NOTE: 'https://ann:battery-staple@db.corp.io/x' },
        smtp_password: 'mail-secret',
        jobs: [
          {
            id: 'a',
            command: 'mysql -pS3cr3tWord -e "select 1"; PGPASSWORD=other-word psql --password=third-word',
          },
        ],
      }),
    );
    for (const format of ['pretty', 'json', 'sarif', 'github', 'gitlab', 'junit']) {
      const { stdout } = validate(['w.json', '--format', format]);
      expect(stdout).toContain('W510');
      expect(stdout).not.toMatch(/correct-horse|battery-staple|mail-secret|S3cr3tWord|other-word|third-word/);
    }
  });

  test('of many infos the first few, and all with --verbose', () => {
    const jobs = Array.from({ length: 8 }, (_, index) => ({
      id: `j${index}`,
      description: 'x',
      command: 'true',
      dependencies: Array.from({ length: index }, (_unused, other) => `j${other}`),
    }));
    write('w.json', JSON.stringify({ version: 2, jobs }));
    const few = validate(['w.json']).stdout;
    expect(few.match(/info I307/g)).toHaveLength(3);
    expect(few).toContain('… and 18 more I307 (--verbose shows them)');
    expect(validate(['w.json', '-v']).stdout.match(/info I307/g)).toHaveLength(21);
  });

  test('--list-rules and --explain', () => {
    expect(validate(['--list-rules']).stdout).toMatch(/^ {2}W401 {2}warning {2}Program that is not found$/m);
    const { stdout, exitCode } = validate(['--explain', 'w401']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Program that is not found');
    expect(stdout).toContain('is reported so:');
    expect(stdout).toContain('did you mean "gzip"?');
    expect(validate(['--explain', 'E301']).stdout).toContain('Missing dependency');
    expect(validate(['--explain', 'E999'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('there is no code "E999"'),
    });
  });

  test('the ending of -o implies the format', () => {
    write('w.yaml', warned);
    validate(['w.yaml', '-o', 'out.sarif']);
    expect(JSON.parse(read('out.sarif')).version).toBe('2.1.0');
    validate(['w.yaml', '-o', 'out.xml']);
    expect(read('out.xml')).toContain('<testsuites>');
  });
});

describe('inputs', () => {
  test('standard input, in whichever format', () => {
    expect(codes(['-'], wrong)).toEqual(['E301']);
    expect(codes(['-'], '{"version": 2, "jobs": [{"id": "a", "command": "true",}]}')).toContain('W102');
  });

  test('folders and globs: workflows alone, and included files with those that include them', () => {
    write('flows/main.yaml', 'version: 2\ninclude: [parts/part.yaml]\n');
    write('flows/parts/part.yaml', 'version: 2\njobs:\n  - { id: a, description: x, command: pyhton3 }\n');
    write('flows/other.json', '{"version": 2, "jobs": []}');
    write('flows/package.json', '{"name": "x", "scripts": {}}');
    write('flows/ci.yml', 'jobs:\n  build:\n    runs-on: x\n');
    write('flows/tsconfig.json', '{"include": ["src"]}');
    write('flows/settings.json', '{"jobs": 4}');
    write('flows/node_modules/x/w.yaml', wrong);
    expect(codes(['flows'])).toEqual(['W207', 'W401']);
    expect(codes(['flows/*.json'])).toEqual(['W207']);
    expect(codes([])).toEqual(codes(['flows']));
  });

  test.each([
    ['a mapping', 'jobs:\n  a: { command: "true" }\n'],
    ['a text', 'jobs: a\n'],
    ['nothing', 'jobs:\n'],
  ])('in folders, a workflow whose jobs are %s is one', (_, text) => {
    write('flows/w.yaml', `version: 2\n${text}`);
    expect(codes(['flows'])).toEqual(['E201']);
  });
});

describe('settings', () => {
  test('.executionerrc, the nearest above the file; --rule above it; --rc none without', () => {
    write(
      '.executionerrc',
      '{"validate": {"rules": {"W401": "error"}, /* why */ "overrides": [{"files": "old/**", "rules": {"W401": "off"}}]}}',
    );
    write('w.yaml', warned);
    write('old/w.yaml', warned);
    expect(validate(['w.yaml']).exitCode).toBe(1);
    expect(codes(['old/w.yaml'])).toEqual([]);
    expect(validate(['w.yaml', '--rule', 'W401=info']).exitCode).toBe(0);
    expect(validate(['w.yaml', '--rc', 'none']).exitCode).toBe(0);
  });

  test('what is wrong in it is said', () => {
    write('w.yaml', good);
    write('.executionerrc', 'validate:\n  ruels: {}\n');
    expect(validate(['w.yaml'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('did you mean "rules"?'),
    });
    write('.executionerrc', 'validate:\n  rules: { W401: never }\n');
    expect(validate(['w.yaml']).stderr).toContain('"never" is no severity of W401');
  });

  test('comments ignore codes for what begins on their line or the next', () => {
    const job = (id: string, before: string, behind: string) =>
      `${before}  - id: ${id}\n    description: x\n    command: pyhton3 ${id}${behind}\n`;
    write(
      'w.yaml',
      `version: 2\njobs:\n${job('a', '  # executioner-ignore W401: for the server\n', '')}${job('b', '', ' # executioner-ignore W401')}${job('c', '', '')}`,
    );
    const { stdout } = validate(['w.yaml', '--json', '--shellcheck', 'off']);
    const { diagnostics } = JSON.parse(stdout);
    expect(diagnostics.map(({ code, job: id }: { code: string; job: string }) => [code, id])).toEqual([
      ['W401', 'c'],
    ]);
    write(
      'x.jsonc',
      '{ "version": 2, // executioner-ignore-file W401\n "jobs": [{ "id": "a", "description": "x", "command": "pyhton3" }] }',
    );
    expect(codes(['x.jsonc'])).toEqual([]);
    write(
      'x.json',
      '{ "version": 2, "jobs": [{ "id": "a", "description": "x", "command": "pyhton3", "x_validate": { "ignore": ["W401"] } }] }',
    );
    expect(codes(['x.json'])).toEqual([]);
  });

  test('comments that ignore nothing, no code or what cannot be ignored are reported', () => {
    write('w.yaml', `# executioner-ignore-file W401\n${good}`);
    expect(codes(['w.yaml'])).toEqual(['I218']);
    write('w.yaml', `# executioner-ignore-file\n${good}`);
    expect(codes(['w.yaml'])).toEqual(['W217']);
    write('w.yaml', `# executioner-ignore-file E301\n${wrong}`);
    expect(codes(['w.yaml'])).toEqual(['W217', 'E301']);
    write(
      'w.yaml',
      'version: 2\njobs:\n  - { id: a, description: "# executioner-ignore W401", command: pyhton3 }\n',
    );
    expect(codes(['w.yaml'])).toEqual(['W401']);
  });
});

describe('mending', () => {
  const before = '{"version": 2, "jobs": [{"id": "a", "description": "x", "command": "true",}]}\n';
  const after = '{"version": 2, "jobs": [{"id": "a", "description": "x", "command": "true"}]}\n';

  test('--fix writes the file and reports what is left', () => {
    write('w.json', before);
    expect(validate(['w.json', '--fix'])).toEqual({
      exitCode: 0,
      stdout: 'no problems\n',
      stderr: 'mended 1 finding in w.json: W102 Trailing comma\n',
    });
    expect(read('w.json')).toBe(after);
    expect(validate(['w.json', '--fix-common-issues']).stderr).toBe('nothing to mend\n');
  });

  test('--dry-run prints a diff that patch takes, and writes nothing', () => {
    write('w.json', before);
    const { stdout, stderr } = validate(['w.json', '--fix', '--dry-run']);
    expect(read('w.json')).toBe(before);
    expect(stderr).toBe('would mend 1 finding in w.json: W102 Trailing comma\n');
    const patched = spawnSync('patch', ['-p1'], { cwd: folder, input: stdout, encoding: 'utf8' });
    if (patched.error === undefined) expect(read('w.json')).toBe(after);
    else expect(stdout).toContain(`-${before}+${after}`);
  });

  test('standard input is written to standard output', () => {
    expect(validate(['-', '--fix'], before).stdout).toBe(after);
  });

  test('a file that may not be written stays as it is', () => {
    write('w.json', before);
    chmodSync(join(folder, 'w.json'), 0o444);
    const { exitCode, stderr } = validate(['w.json', '--fix']);
    // Root may write everywhere.
    if (process.getuid?.() === 0) expect(exitCode).toBe(0);
    else
      expect({ exitCode, stderr }).toEqual({
        exitCode: 2,
        stderr: expect.stringContaining('permission denied'),
      });
  });
});

describe('ShellCheck', () => {
  const whenInstalled = spawnSync('shellcheck', ['--version']).status === 0 ? test : test.skip;

  whenInstalled('is asked when it is installed; its numbers can be switched off', () => {
    write(
      'w.yaml',
      'version: 2\njobs:\n  - { id: a, description: x, command: "for f in $(ls); do rm $f/x; done; cd /tmp" }\n',
    );
    const { stdout } = validate(['w.yaml']);
    expect(stdout).toContain('SC2045');
    expect(stdout).toContain('https://www.shellcheck.net/wiki/SC2045');
    expect(validate(['w.yaml', '--rule', 'SC2045=off']).stdout).not.toContain('SC2045');
    expect(validate(['w.yaml', '--shellcheck', 'off']).stdout).not.toContain('SC2');
  });
});

test('--watch validates again when a file changes, until a signal', async () => {
  write('w.yaml', good);
  const child = spawn(process.execPath, [bin, 'w.yaml', '--watch'], {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: folder },
  });
  try {
    const ended = new Promise((resolve) => child.on('close', (code) => resolve(code)));
    await Promise.all([printed(child, 'no problems'), printed(child, 'watching 1 file', 'stderr')]);
    write('w.yaml', warned);
    await printed(child, 'W401');
    child.kill('SIGINT');
    expect(await ended).toBe(130);
  } finally {
    child.kill('SIGKILL');
  }
});

function printed(child: ChildProcess, text: string, stream: 'stdout' | 'stderr' = 'stdout'): Promise<void> {
  let seen = '';
  return new Promise((resolve) => {
    const listen = (part: Buffer): void => {
      seen += part;
      if (!seen.includes(text)) return;
      child[stream]!.off('data', listen);
      resolve();
    };
    child[stream]!.on('data', listen);
  });
}
