import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The secret of a state folder, `<state>/key` (mode 0600), made when there is none: hashes keyed with it can be
 * compared here and tell nothing elsewhere. Two engines that begin at once get the same one.
 *
 * @throws the system call's error when it cannot be read or made.
 */
export function stateKey(stateFolder: string): Buffer {
  const path = join(stateFolder, 'key');
  return readKey(path) ?? makeKey(path, stateFolder);
}

function readKey(path: string): Buffer | undefined {
  try {
    const key = Buffer.from(readFileSync(path, 'latin1').trim(), 'hex');
    return key.length === keyBytes ? key : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const keyBytes = 32;

/** Written beside and linked into place: whoever comes second finds the key of the first, whole. */
function makeKey(path: string, stateFolder: string): Buffer {
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  const key = randomBytes(keyBytes);
  const unfinished = `${path}.${process.pid}.${key.toString('hex', 0, 4)}.tmp`;
  writeFileSync(unfinished, `${key.toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(unfinished, path);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const theirs = readKey(path);
    if (theirs !== undefined) return theirs;
    throw new Error(`the key "${path}" is damaged: remove it, and estimates begin anew`);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
