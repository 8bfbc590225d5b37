import { rmSync } from 'node:fs';

/** Removes a folder into which a launcher that just comes up, or goes, may still write. */
export function removeFolder(folder: string): void {
  for (let triesLeft = 500; ; triesLeft--) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY' || triesLeft === 0) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
