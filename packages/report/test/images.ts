import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from '@jest/globals';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** Another processor may round the edge of a letter otherwise. */
const differingShareMax = 0.002;

/** Compares an image with a golden file by its pixels; UPDATE_GOLDEN=1 writes it. */
export function expectGoldenImage(path: string, png: Uint8Array): void {
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, png);
  }
  expect(existsSync(path)).toBe(true);
  const file = readFileSync(path);
  if (file.equals(png)) return;
  const [drawn, golden] = [PNG.sync.read(Buffer.from(png)), PNG.sync.read(file)];
  expect([drawn.width, drawn.height]).toEqual([golden.width, golden.height]);
  expect(differingShare(drawn, golden)).toBeLessThan(differingShareMax);
}

/** How much of two images of one size differs, from 0 to 1. */
export function differingShare(a: PNG, b: PNG): number {
  const differing = pixelmatch(a.data, b.data, undefined, a.width, a.height, { threshold: 0.1 });
  return differing / (a.width * a.height);
}
