import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

test('the scanner is the one that its sources make', () => {
  const root = fileURLToPath(new URL('../../../../..', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate-scanner.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
}, 60_000);
