import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { load, nodeHost } from '../../src/config/index.ts';

const corpus = fileURLToPath(new URL('../../../../../shared/corpus', import.meta.url));
const withCorpus = existsSync(corpus) ? describe : describe.skip;
const host = nodeHost(corpus, '/home/someone');

function filesIn(folder: string): string[] {
  if (!existsSync(`${corpus}/${folder}`)) return [];
  return readdirSync(`${corpus}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => `${corpus}/${folder}/${file}`)
    .sort();
}

const label = 'W202';
const underscores = 'I202';
const noFolder = 'W205';

/** What the files of the predecessor have to hear. Those that are not listed are silent. */
const expected: Record<string, readonly string[]> = {
  '96.0.json': [noFolder],
  'basic_test.json': [label, underscores],
  'child_executioner.json': [label],
  'circular_deps_test.json': [label, 'E304'],
  'failures_test.json': [label, underscores],
  'failures_test_array.json': [label, underscores],
  'failures_test_single_string.json': [label, underscores],
  'invalid_config_bad_types.json': [label, 'E201'],
  'invalid_config_missing_fields.json': ['E208'],
  'mark_success_simple_test.json': [label],
  'mark_success_test.json': [label],
  'minimal_job_test.json': [label],
  'missing_deps_test.json': [label, 'E301', 'E301'],
  'parallel_race_test.json': [label],
  'parallel_test.json': [label],
  'plugin_test.json': ['W802', 'W801'],
  // `job_id` and `job_description` of version 0.
  'prconfig.minimal.json': [noFolder, 'W202', 'W202'],
  'retry_test.json': [label],
  'security_test.json': [label],
  'simple_parallel_test.json': [label],
  'smtp_invalid_test.json': [label, underscores],
  'test_env.json': [label],
  'test_shell_env_default.json': [label],
  'test_shell_env_isolation.json': [label],
};

withCorpus('configurations of the predecessor', () => {
  test.each(filesIn('v1/configs').map((file) => [basename(file), file]))('%s', (name, file) => {
    const result = load(file, host);
    const codes = expected[name] ?? [];
    expect(result.diagnostics.map(({ code }) => code)).toEqual(codes);
    expect(result.state).toBe(codes.some((code) => code.startsWith('E')) ? 'invalid' : 'valid');
    expect(result.diagnostics.filter(({ range }) => range === undefined)).toEqual([]);
  });
});

withCorpus('converted workflows and graphs', () => {
  test('load without errors and warnings', () => {
    const files = [...filesIn('workflows/config'), ...filesIn('dags/config')];
    expect(files.length).toBeGreaterThan(200);
    const loud = files.flatMap((file) => {
      const codes = load(file, host).diagnostics.map(({ code }) => code);
      // Some state how long jobs take, which is a key of version 2.
      return codes.every((code) => code === 'I201') ? [] : [[file, codes]];
    });
    expect(loud).toEqual([]);
  });
});
