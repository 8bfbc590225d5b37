import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { execa } from 'execa';

const script = fileURLToPath(new URL('../../../bench/page.mjs', import.meta.url));

test('the page of benchmarks shows the figures that were measured', async () => {
  const { exitCode, stderr } = await execa(process.execPath, [script, '--check'], { reject: false });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});
