import { statfs } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatSize, parseSize } from '@executioner/core';
import { builtIn } from './builtIn.ts';

/** Counts the room that a user without privileges has. */
export const diskSpace = builtIn(
  'disk_space',
  async ({ path = '.', min_free, min_free_percent }, { workingDir }) => {
    const place = resolve(workingDir, path as string);
    try {
      const { bavail, blocks, bsize } = await statfs(place);
      const freeBytes = bavail * bsize;
      const freePercent = blocks === 0 ? 0 : Number(((100 * bavail) / blocks).toFixed(2));
      const values = { path: place, free_bytes: freeBytes, free_percent: freePercent };
      if (min_free !== undefined) {
        const least = parseSize(min_free) ?? 0;
        const found = `${formatSize(freeBytes)} are free at "${place}"`;
        return freeBytes >= least
          ? { ok: true, values: { ...values, min_free_bytes: least }, message: found }
          : {
              ok: false,
              values: { ...values, min_free_bytes: least },
              message: `only ${found}, fewer than ${formatSize(least)}`,
            };
      }
      const least = Number(min_free_percent);
      const found = `${freePercent} % are free at "${place}"`;
      return freePercent >= least
        ? { ok: true, values: { ...values, min_free_percent: least }, message: found }
        : {
            ok: false,
            values: { ...values, min_free_percent: least },
            message: `only ${found}, fewer than ${least} %`,
          };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return {
        ok: false,
        values: { path: place, errno: code },
        message: `"${place}" cannot be looked at: ${message}`,
      };
    }
  },
);
