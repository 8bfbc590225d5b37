import { readdirSync } from 'node:fs';

/** What is in a folder; nothing where it cannot be read: what stands beside a log only adds to what the log tells. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    return [];
  }
}
