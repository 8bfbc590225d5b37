import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { type CommandIo, inputError } from '@executioner/core';
import { parseLogName } from '@executioner/engine';
import type { LogInput } from '../patterns/index.ts';

const chunkBytes = 256 * 1024;

/**
 * A log file, plain or gzip (told by its content), that can be read several times.
 *
 * @throws CommandError INPUT_NOT_FOUND and its kin, at once
 */
export async function openLog(path: string, io: CommandIo): Promise<LogInput> {
  const target = resolve(io.cwd, path);
  const isZipped = await beginsLikeGzip(target).catch(async (error: unknown) => {
    throw await inputError(path, io.cwd, error as NodeJS.ErrnoException);
  });
  const { job } = parseLogName(path);
  return {
    file: path,
    ...(job !== undefined && { job }),
    chunks() {
      const stream = createReadStream(target, { highWaterMark: chunkBytes });
      return isZipped ? stream.pipe(createGunzip({ chunkSize: chunkBytes })) : stream;
    },
  };
}

async function beginsLikeGzip(target: string): Promise<boolean> {
  const file = await open(target);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}
