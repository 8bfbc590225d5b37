import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Configuration, load, nodeHost } from '@executioner/core';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { definitionHasher, stateKey } from '../../src/history/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const job = {
  id: 'load',
  command: 'load --all',
  dependencies: ['extract', { job: 'clean', when: 'always' }],
  env_variables: { STAGE: 'test', DB_PASSWORD: 'hunter22' },
  post_checks: [{ name: 'file_contains', params: { path: 'out', text: 'x' } }],
};

function configuration(changes: object, settings: object = {}): Configuration {
  const jobs = [
    { ...job, ...changes },
    { id: 'extract', command: 'true' },
    { id: 'clean', command: 'true' },
  ];
  const text = JSON.stringify({ version: 2, working_dir: '/tmp', jobs, ...settings });
  const result = load({ file: '/tmp/w.json', text }, nodeHost('/tmp', '/tmp'));
  if (result.state === 'valid') return result.configuration;
  throw new Error(JSON.stringify(result.diagnostics));
}

const hashOf = (changes: object = {}, settings: object = {}, key = Buffer.alloc(32, 1)) => {
  const loaded = configuration(changes, settings);
  return definitionHasher(key, loaded)(loaded.jobs[0]!);
};

describe('the hash of a definition', () => {
  test.each<[string, object, object?]>([
    ['the command', { command: 'load' }],
    ['the value of a variable', { env_variables: { STAGE: 'prod', DB_PASSWORD: 'hunter22' } }],
    ['a variable of the application', {}, { env_variables: { REGION: 'eu' } }],
    ['a dependency', { dependencies: ['extract'] }],
    ['the condition of a dependency', { dependencies: ['extract', 'clean'] }],
    ['a check', { post_checks: [] }],
    [
      'a parameter of a check',
      { post_checks: [{ name: 'file_contains', params: { path: 'in', text: 'x' } }] },
    ],
    ['the working folder', { working_dir: '/' }],
    ['the shell', { shell: '/bin/bash' }],
    ['the shell of all', {}, { shell: '/bin/bash' }],
  ])('changes with %s', (_, changes, ...[settings]) => {
    expect(hashOf(changes, settings)).not.toBe(hashOf());
  });

  test.each<[string, object, object?]>([
    ['description', { description: 'other' }],
    ['tags', { tags: ['nightly'] }],
    ['time limit', { timeout: 5 }],
    ['retries', { max_retries: 3 }],
    ['priority', { priority: 9 }],
    ['order of dependencies', { dependencies: [{ job: 'clean', when: 'always' }, 'extract'] }],
    ['order of variables', { env_variables: { DB_PASSWORD: 'hunter22', STAGE: 'test' } }],
    ['order of parameters', { post_checks: [{ name: 'file_contains', params: { text: 'x', path: 'out' } }] }],
  ])('stays with another %s', (_, changes, ...[settings]) => {
    expect(hashOf(changes, settings)).toBe(hashOf());
  });

  test('depends on the key, so that values cannot be guessed', () => {
    expect(hashOf({}, {}, Buffer.alloc(32, 2))).not.toBe(hashOf());
    expect(hashOf()).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('the key of a state folder', () => {
  test('is made once, for its owner only', () => {
    const state = join(folder, 'state');
    const key = stateKey(state);
    expect(stateKey(state)).toEqual(key);
    expect(key).toHaveLength(32);
    expect(statSync(join(state, 'key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(state, 'key'), 'latin1')).toBe(`${key.toString('hex')}\n`);
    expect(stateKey(join(folder, 'other'))).not.toEqual(key);
  });

  test('a damaged one is named', () => {
    writeFileSync(join(folder, 'key'), 'nonsense');
    expect(() => stateKey(folder)).toThrow(`the key "${join(folder, 'key')}" is damaged`);
  });
});
