import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { launcherPath } from '../../src/launcher/index.ts';
import { removeTemporaryFolders, temporaryFolder } from './rig.ts';

afterAll(removeTemporaryFolders);

function packageWith(...files: readonly string[]): string {
  const root = join(temporaryFolder(), 'a package ü');
  for (const file of ['package.json', ...files]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '{}');
  }
  return root;
}

describe('the bundled launcher', () => {
  test.each([
    ['a bundle', 'bin/executioner.js'],
    ['a chunk of a bundle', 'bin/chunks/run-ABC.js'],
    ['what the compiler made', 'dist/launcher/launcherPath.js'],
    ['the source', 'src/launcher/launcherPath.ts'],
  ])('of %s is the one in bin', (_, running) => {
    const root = packageWith('bin/executioner-launcher.js', 'dist/launcher/launcher.js', running);
    expect(launcherPath(pathToFileURL(join(root, running)).href)).toBe(
      join(root, 'bin', 'executioner-launcher.js'),
    );
  });

  test('is looked for in the own package only', () => {
    const root = packageWith(
      'bin/executioner-launcher.js',
      'node_modules/other/package.json',
      'node_modules/other/dist/index.js',
    );
    const running = pathToFileURL(join(root, 'node_modules/other/dist/index.js')).href;
    expect(() => launcherPath(running)).toThrow('Internal error: the launcher is missing');
  });
});
