import { palette } from '@executioner/core';
import { changeLines, type Followed, followRun } from '../../src/index.ts';

/** Logs have local time, and are shown in it. */
const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * Follows files while `steps` are taken, one whenever there is no news; it is stopped when there are none left. What was told,
 * as lines.
 */
export async function followed(
  paths: readonly string[],
  steps: readonly (() => void)[],
): Promise<{ readonly lines: readonly string[]; readonly why: Followed['why'] }> {
  const lines: string[] = [];
  const left = [...steps];
  let isStopped = false;
  const { why } = await followRun(paths, {
    onChange: ({ change }) => void lines.push(...changeLines(change, palette(false), zone)),
    async sleep() {
      const step = left.shift();
      if (step === undefined) isStopped = true;
      else step();
    },
    isStopped: () => isStopped,
  });
  return { lines, why };
}
