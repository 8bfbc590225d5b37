// No false alarm: what is found in public files and in our examples, by code. Each is explained here.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeHost } from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import { nodeWorld, validate, type World } from '../src/index.ts';
import { findRc } from '../src/settings/rcFile.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url));
const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));
const whenThere = existsSync(corpus) ? describe : describe.skip;
const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/home/ann' };

/** This machine without the folder and the tools of the files' authors, which others may have. */
function world(): World {
  const here = nodeWorld();
  const isTheirs = (path: string) => /^\/opt\/executioner(?:\/|$)|\/(?:sqlplus|authlookup|run)$/.test(path);
  return { ...here, lookAt: (path) => (isTheirs(path) ? { kind: 'missing' } : here.lookAt(path)) };
}

function codesOf(file: string): string[] {
  const rules = findRc(join(file, '..'))?.rulesFor(file);
  const { diagnostics } = validate(file, {
    host: nodeHost(join(file, '..'), homedir()),
    world: world(),
    environment,
    ...(rules && { settings: rules }),
  });
  return diagnostics.map(({ code, job }) => (job === undefined ? code : `${code} ${job}`));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return filesBelow(path);
      return /\.(json|jsonc|yaml)$/.test(name) ? [path] : [];
    });
}

/** Of errors and warnings alone. */
function grave(codes: readonly string[]): string[] {
  return codes.filter((code) => !code.startsWith('I'));
}

describe('the examples', () => {
  const names = filesBelow(examples).filter(
    (path) => !path.endsWith('expected.json') && !path.includes('/out/'),
  );

  test.each(names.map((path) => [path.slice(examples.length), path]))(
    '%s: nothing above info',
    (_name, path) => {
      expect(grave(codesOf(path))).toEqual([]);
    },
  );
});

whenThere('the configurations of version 1 (needs the corpus)', () => {
  const folder = join(corpus, 'v1/configs');
  const found = () =>
    Object.fromEntries(
      filesBelow(folder).map((path) => [
        path.slice(folder.length + 1),
        grave(codesOf(path)).map((code) => code.split(' ')[0]),
      ]),
    );

  test('each finding is true where their folder and tools are missing', () => {
    // W202: "name" names nothing. W407: the folder is not there. W510: a mail password, switched off and readable.
    const usual = ['W202', 'W407'];
    const byFile = found();
    for (const name of [
      'child_executioner',
      'mark_success_simple_test',
      'mark_success_test',
      'minimal_job_test',
      'parallel_race_test',
      'parallel_test',
      'retry_test',
      'simple_parallel_test',
      'test_env',
      'test_shell_env_default',
      'test_shell_env_isolation',
    ]) {
      expect([name, byFile[`${name}.json`]!.toSorted()]).toEqual([name, usual]);
    }
    for (const name of [
      'basic_test',
      'failures_test',
      'failures_test_array',
      'failures_test_single_string',
      'smtp_invalid_test',
    ]) {
      expect([name, byFile[`${name}.json`]!.toSorted()]).toEqual([name, [...usual, 'W510']]);
    }
    expect(byFile['circular_deps_test.json']!.toSorted()).toEqual(['E304', ...usual]);
    expect(byFile['missing_deps_test.json']!.toSorted()).toEqual(['E301', 'E301', ...usual]);
    expect(byFile['invalid_config_bad_types.json']!.toSorted()).toEqual(['E201', 'W202']);
    expect(byFile['invalid_config_missing_fields.json']!.toSorted()).toEqual(['E208']);
    expect(byFile['maximal_job_test.json']).toEqual(['W407']);
    expect(byFile['test_pre_post_checks.json']).toEqual(['W407']);
    // A Python plug-in is not loaded, and its check is unknown without it.
    expect(byFile['plugin_test.json']!.toSorted()).toEqual(['W407', 'W801', 'W802']);
    // It removes a file below the root folder, by its absolute path, which the policy minds.
    expect(byFile['security_test.json']!.toSorted()).toEqual([...usual, 'W901']);
    // sqlplus, authlookup and run are not installed, and the scripts are not beside the files.
    expect(byFile['96.0.json']!.toSorted()).toEqual(['W205', 'W401', 'W401', 'W401', 'W402']);
    expect(new Set(byFile['prconfig.minimal.json'])).toEqual(new Set(['W202', 'W205', 'W401', 'W402']));
  });
});

whenThere.each([['workflows/config'], ['dags/config']])('%s (needs the corpus)', (name) => {
  test('keys of version 2 without saying so, and redundant dependencies: nothing above info', () => {
    const codes = new Set<string>();
    for (const path of filesBelow(join(corpus, name))) {
      // One of them has ten thousand jobs; the others say as much.
      if (statSync(path).size > 500_000) continue;
      for (const code of codesOf(path)) codes.add(code.split(' ')[0]!);
    }
    expect([...codes].sort()).toEqual(['I201', 'I307']);
  });
});
