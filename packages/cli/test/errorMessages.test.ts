import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { execa } from 'execa';

const script = fileURLToPath(new URL('../../../scripts/generate-error-messages.mjs', import.meta.url));

test('the page of error messages shows what is said today', async () => {
  const { exitCode, stderr } = await execa(process.execPath, [script, '--check'], { reject: false });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});
