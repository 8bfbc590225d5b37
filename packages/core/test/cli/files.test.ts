import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type CommandError, inputError, memoryIo, readInput, writeOutput } from '../../src/cli/index.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'executioner-files-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** `[code, message, hint]` of the error a promise ends in. */
async function errorOf(
  promise: Promise<unknown>,
): Promise<[code: string, message: string, hint: string | undefined]> {
  const { code, message, hint, exitCode } = await promise.then(
    () => Promise.reject(new Error('no error')),
    (error: CommandError) => error,
  );
  expect(exitCode).toBe(2);
  return [code, message, hint];
}

describe('readInput', () => {
  const read = (path: string, stdin?: string | Uint8Array) =>
    readInput(path, memoryIo({ cwd, ...(stdin === undefined ? {} : { stdin }) }).io);

  test('reads a file or standard input as UTF-8, without a byte order mark', async () => {
    writeFileSync(join(cwd, 'a.json'), '\ufeff{"é": 1}');
    expect([
      await read('a.json'),
      await read(join(cwd, 'a.json')),
      await read('-', '{}'),
      await read('-', ''),
    ]).toEqual(['{"é": 1}', '{"é": 1}', '{}', '']);
  });

  test('a missing file: the nearest name, or the folder that is missing', async () => {
    writeFileSync(join(cwd, 'nightly.yaml'), '');
    mkdirSync(join(cwd, 'flows'));
    writeFileSync(join(cwd, 'flows', 'load.json'), '');
    expect([
      await errorOf(read('nigthly.yaml')),
      await errorOf(read('flows/loda.json')),
      await errorOf(read('zzz')),
      await errorOf(read('flow/load.json')),
    ]).toEqual([
      [
        'INPUT_NOT_FOUND',
        'cannot read "nigthly.yaml": there is no such file',
        'did you mean "nightly.yaml"?',
      ],
      [
        'INPUT_NOT_FOUND',
        'cannot read "flows/loda.json": there is no such file',
        'did you mean "flows/load.json"?',
      ],
      ['INPUT_NOT_FOUND', 'cannot read "zzz": there is no such file', undefined],
      [
        'INPUT_NOT_FOUND',
        'cannot read "flow/load.json": there is no folder "flow"',
        'did you mean "flows/load.json"?',
      ],
    ]);
  });

  test('folders, bytes that are no text, and refusals of the system', async () => {
    mkdirSync(join(cwd, 'flows'));
    const denied = await inputError('a.json', cwd, Object.assign(new Error('EACCES'), { code: 'EACCES' }));
    expect([
      await errorOf(read('flows')),
      await errorOf(read('-', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0]))),
      [denied.code, denied.message, denied.hint],
    ]).toEqual([
      ['INPUT_IS_FOLDER', 'cannot read "flows": it is a folder', 'name a file in it'],
      ['INPUT_NOT_TEXT', 'cannot read standard input: it is not a text file', 'name a text file in UTF-8'],
      [
        'INPUT_UNREADABLE',
        'cannot read "a.json": permission denied',
        'look at its owner and mode: ls -l a.json',
      ],
    ]);
  });
});

describe('writeOutput', () => {
  test('replaces a file, keeps its mode, follows a link, and leaves nothing beside it', async () => {
    writeFileSync(join(cwd, 'real.txt'), 'old');
    chmodSync(join(cwd, 'real.txt'), 0o640);
    symlinkSync('real.txt', join(cwd, 'link.txt'));
    await writeOutput('link.txt', 'new', cwd);
    expect({
      text: readFileSync(join(cwd, 'real.txt'), 'utf8'),
      mode: statSync(join(cwd, 'real.txt')).mode & 0o777,
      files: readdirSync(cwd),
    }).toEqual({
      text: 'new',
      mode: 0o640,
      files: ['link.txt', 'real.txt'],
    });
  });

  test('bytes are written as they are', async () => {
    await writeOutput('x.bin', new Uint8Array([0, 255, 10]), cwd);
    expect([...readFileSync(join(cwd, 'x.bin'))]).toEqual([0, 255, 10]);
  });

  test('says what is wrong with the place, and what to do', async () => {
    mkdirSync(join(cwd, 'flows'));
    writeFileSync(join(cwd, 'file'), '');
    expect([
      await errorOf(writeOutput('out/x.md', '', cwd)),
      await errorOf(writeOutput('file/x.md', '', cwd)),
      await errorOf(writeOutput('flows', '', cwd)),
    ]).toEqual([
      [
        'OUTPUT_FOLDER_MISSING',
        'cannot write "out/x.md": there is no folder "out"',
        'make it first: mkdir -p out',
      ],
      ['OUTPUT_FOLDER_MISSING', 'cannot write "file/x.md": "file" is not a folder', undefined],
      ['OUTPUT_IS_FOLDER', 'cannot write "flows": it is a folder', 'name a file in it'],
    ]);
  });

  (existsSync('/dev/full') ? test : test.skip)(
    'a device is written to, never replaced; a full one is an error',
    async () => {
      await writeOutput('/dev/null', 'x', cwd);
      expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
      expect(await errorOf(writeOutput('/dev/full', 'x', cwd))).toEqual([
        'OUTPUT_FAILED',
        'cannot write "/dev/full": the disk is full',
        undefined,
      ]);
    },
  );
});
