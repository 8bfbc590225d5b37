import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Entries } from '../../src/world/entries.ts';

let folder: string;
/** More than may be asked for before the folder is listed. */
const manyNames = Array.from({ length: 40 }, (_, index) => `nothing_${index}`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'executioner-entries-'));
  writeFileSync(join(folder, 'file'), '');
  writeFileSync(join(folder, 'größe'), '');
  writeFileSync(join(folder, 'script'), '');
  chmodSync(join(folder, 'script'), 0o755);
  mkdirSync(join(folder, 'folder'));
  symlinkSync('folder', join(folder, 'link'));
  symlinkSync('nowhere', join(folder, 'broken'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = ['file', 'größe', 'script', 'folder', 'link', 'broken', 'missing', 'grösse'];

function kinds(entries: Entries) {
  return Object.fromEntries(names.map((name) => [name, entries.lookAt(join(folder, name)).kind]));
}

describe('Entries', () => {
  test('says the same of the paths in a folder whether it has been listed or not', () => {
    const listed = new Entries();
    for (const name of manyNames) expect(listed.lookAt(join(folder, name)).kind).toBe('missing');
    const expected = {
      file: 'file',
      größe: 'file',
      script: 'file',
      folder: 'folder',
      link: 'folder',
      broken: 'missing',
      missing: 'missing',
      grösse: 'missing',
    };
    expect(kinds(new Entries())).toEqual(expected);
    expect(kinds(listed)).toEqual(expected);
  });

  test('tells what may be executed, also when the folder has been listed', () => {
    const entries = new Entries();
    for (const name of manyNames) entries.lookAt(join(folder, name));
    expect(entries.lookAt(join(folder, 'script'))).toMatchObject({ isReadable: true, isExecutable: true });
    expect(entries.lookAt(join(folder, 'file'))).toMatchObject({ isReadable: true, isExecutable: false });
  });

  test('finds nothing in what is missing, and nothing in a file', () => {
    const entries = new Entries();
    for (const above of ['missing', 'file']) {
      for (const name of manyNames) {
        expect(entries.lookAt(join(folder, above, name)).kind).toBe('missing');
      }
    }
  });
});
