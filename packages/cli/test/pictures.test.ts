import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { execa } from 'execa';

const script = fileURLToPath(new URL('../../../scripts/generate-pictures.mjs', import.meta.url));

test('the pictures of the documents are those that are drawn today', async () => {
  const { exitCode, stderr } = await execa(process.execPath, [script, '--check'], { reject: false });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});
