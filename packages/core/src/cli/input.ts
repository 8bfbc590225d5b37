import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { nearest } from '../diagnostics/index.ts';
import { type DecodedText, decodeText, type SourceText } from '../document/index.ts';
import { CommandError } from './commandError.ts';
import type { CommandIo } from './io.ts';

/**
 * The text of a file named on the command line; `-` is standard input. A byte order mark is dropped. UTF-16 is read, too.
 *
 * @throws CommandError INPUT_NOT_FOUND (with the nearest file name), INPUT_IS_FOLDER, INPUT_UNREADABLE or
 * INPUT_NOT_TEXT
 */
export async function readInput(path: string, io: CommandIo): Promise<string> {
  return (await readEncoded(path, io)).text;
}

/** The text of standard input as a configuration, with its encoding when that is not UTF-8. @throws CommandError INPUT_NOT_TEXT */
export async function readStdin(io: CommandIo): Promise<SourceText> {
  return { file: '-', ...(await readEncoded('-', io)) };
}

async function readEncoded(path: string, io: CommandIo): Promise<DecodedText> {
  const bytes = path === '-' ? await readAll(io.stdin) : await readBytes(path, io.cwd);
  return decode(bytes, path === '-' ? 'standard input' : `"${path}"`);
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function readBytes(path: string, cwd: string): Promise<Uint8Array> {
  try {
    return await readFile(resolve(cwd, path));
  } catch (error) {
    throw await inputError(path, cwd, error as NodeJS.ErrnoException);
  }
}

/** The error for an input that could not be opened, with what to do about it. */
export async function inputError(
  path: string,
  cwd: string,
  cause: NodeJS.ErrnoException,
): Promise<CommandError> {
  const fail = (code: string, why: string, hint?: string) =>
    new CommandError(code, `cannot read "${path}": ${why}`, { cause, hint });
  switch (cause.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return fail('INPUT_NOT_FOUND', await whatIsMissing(path, cwd), await nearestPath(path, cwd));
    case 'EISDIR':
      return fail('INPUT_IS_FOLDER', 'it is a folder', 'name a file in it');
    case 'EACCES':
    case 'EPERM':
      return fail('INPUT_UNREADABLE', 'permission denied', `look at its owner and mode: ls -l ${path}`);
    default:
      return fail('INPUT_UNREADABLE', cause.message);
  }
}

async function whatIsMissing(path: string, cwd: string): Promise<string> {
  const folder = dirname(path);
  const found = await stat(resolve(cwd, folder)).catch(() => undefined);
  return found?.isDirectory() === true ? 'there is no such file' : `there is no folder "${folder}"`;
}

async function nearestPath(path: string, cwd: string): Promise<string | undefined> {
  const inFolder = await nearestEntry(dirname(path), basename(path), cwd);
  return inFolder === undefined ? undefined : `did you mean "${inFolder}"?`;
}

/** The likely path of `name` in `folder`; where there is no such folder, in the one that was likely meant. */
async function nearestEntry(folder: string, name: string, cwd: string): Promise<string | undefined> {
  const names = await readdir(resolve(cwd, folder)).catch(() => undefined);
  if (names !== undefined) {
    const likely = nearest(name, names.sort());
    return likely === undefined ? undefined : join(folder, likely);
  }
  const parent = dirname(folder);
  const otherFolder = parent === folder ? undefined : await nearestEntry(parent, basename(folder), cwd);
  return otherFolder === undefined || otherFolder === folder
    ? undefined
    : await nearestEntry(otherFolder, name, cwd);
}

function decode(bytes: Uint8Array, name: string): DecodedText {
  const decoded = decodeText(bytes);
  if (decoded.encoding !== undefined) return decoded;
  if (bytes.subarray(0, 8192).includes(0)) {
    throw new CommandError('INPUT_NOT_TEXT', `cannot read ${name}: it is not a text file`, {
      hint: 'name a text file in UTF-8',
    });
  }
  return { text: new TextDecoder().decode(bytes) };
}
