import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import type { LaunchRecord } from '../../src/launcher/protocol.ts';
import { RecordLog } from '../../src/launcher/recordLog.ts';
import { readRecords, removeTemporaryFolders, temporaryFolder, until } from './rig.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(removeTemporaryFolders);

const launching = (token: string): LaunchRecord => ({ type: 'launching', t: 1, token, job: 'j' });

describe('the launch records', () => {
  test('can be read back from where they are', () => {
    const log = new RecordLog(join(temporaryFolder(), 'launch.1.ndjson'));
    const offsets: number[] = [];
    log.append([launching('ä'), launching('b')], (offset) => offsets.push(offset));
    log.append([launching('c')], (offset) => offsets.push(offset));
    expect(offsets.map((offset) => log.read(offset))).toEqual([launching('ä'), launching('c')]);
  });

  test('are there before what follows from them, also when that appends in turn', () => {
    const folder = temporaryFolder();
    const log = new RecordLog(join(folder, 'launch.1.ndjson'));
    const tokens = () => readRecords(folder).map((record) => ('token' in record ? record.token : ''));
    const seen: string[][] = [];
    log.append([launching('a')], () => {
      seen.push(tokens());
      log.append([launching('b')], () => seen.push(tokens()));
      seen.push(tokens());
    });
    expect(seen).toEqual([['a'], ['a', 'b'], ['a', 'b']]);
  });

  test('belong to the first who makes the file', () => {
    const path = join(temporaryFolder(), 'launch.1.ndjson');
    new RecordLog(path);
    expect(() => new RecordLog(path)).toThrow('EEXIST');
  });

  // A file size limit refuses writes in the middle of a line, as a full disk does, and can be lifted again.
  test('wait while the disk is full, and so does what follows from them', async () => {
    const folder = temporaryFolder();
    const contents = `
      import { RecordLog } from ${JSON.stringify(fileURLToPath(new URL('../../src/launcher/recordLog.ts', import.meta.url)))};
      const log = new RecordLog(process.argv[2]);
      for (let n = 0; n < 40; n++) log.append([{ type: 'launching', t: 0, token: 'token number ' + n }], () => console.log(n));
      console.log('all asked');
    `;
    const script = join(folder, 'writer.mjs');
    const stdin = { contents, resolveDir: folder };
    await build({ stdin, bundle: true, platform: 'node', format: 'esm', outfile: script, logLevel: 'error' });
    const path = join(folder, 'launch.1.ndjson');
    const command = 'ulimit -S -f 1; exec "$0" "$@"';
    const child = spawn('/bin/sh', ['-c', command, process.execPath, script, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    await until('the full disk', () => text.includes('all asked'));
    const told = text.split('\n').filter((line) => /^\d+$/.test(line)).length;
    expect(readRecords(folder)).toHaveLength(told);
    expect(told).toBeLessThan(40);
    expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(true);
    spawn('prlimit', ['--pid', String(child.pid), '--fsize=unlimited'], { stdio: 'ignore' });
    await new Promise((resolve) => child.once('close', resolve));
    expect(
      text
        .split('\n')
        .filter((line) => /^\d+$/.test(line))
        .map(Number),
    ).toEqual(Array.from({ length: 40 }, (_, n) => n));
    expect(readRecords(folder)).toHaveLength(40);
  });
});
