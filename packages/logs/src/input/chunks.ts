import { closeSync, openSync, readSync } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** Large enough that what it costs to ask for it does not matter, and small enough for the processor's cache. */
const chunkBytes = 1 << 16;

/**
 * The content of a file in pieces. A piece is only there until the next one is asked for. Read without going through the
 * thread pool, whose detour costs as much as the reading.
 */
export async function* fileChunks(path: string, fromByte = 0): AsyncGenerator<Buffer> {
  const descriptor = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafeSlow(chunkBytes);
    let position = fromByte === 0 ? null : fromByte;
    for (;;) {
      // Without a position pipes can be read too.
      const bytesRead = readSync(descriptor, buffer, 0, chunkBytes, position);
      if (bytesRead === 0) return;
      if (position !== null) position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The content of a gzip file, unpacked. Ends early with `onDamage` called when it is damaged; what could be unpacked is
 * given before.
 */
export async function* gunzipped(
  source: AsyncIterable<Uint8Array>,
  onDamage: (error: Error) => void,
): AsyncGenerator<Buffer> {
  const unpacked = createGunzip({ chunkSize: chunkBytes });
  const feeding = feed(source, unpacked);
  try {
    for await (const chunk of unpacked) yield chunk as Buffer;
  } catch (error) {
    onDamage(error as Error);
  }
  await feeding;
}

async function feed(
  source: AsyncIterable<Uint8Array>,
  sink: NodeJS.WritableStream & { destroyed?: boolean },
) {
  for await (const chunk of source) {
    if (sink.destroyed === true) return;
    // The piece is used again by its owner.
    if (!sink.write(Buffer.from(chunk))) {
      await new Promise<void>((resolve) => {
        const done = () => {
          sink.off('drain', done);
          sink.off('close', done);
          resolve();
        };
        sink.on('drain', done);
        sink.on('close', done);
      });
    }
  }
  sink.end();
}

/** The encodings of two bytes a character, as PowerShell writes them, told by the mark at the beginning; undefined for all others. */
export function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined;
}

/** A text in another encoding as UTF-8. */
export async function* asUtf8(source: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of source) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield Buffer.from(text);
  }
  const rest = decoder.decode();
  if (rest !== '') yield Buffer.from(rest);
}
