import { basename, dirname } from 'node:path';
import { emptyHeader, readHeader } from '../patterns/index.ts';
import { fileChunks, gunzipped } from './chunks.ts';

/** How log rotation names what it puts away: `.1`, `.2026-01-02`, `-20260102`, `-20260102-1767312000`; also compressed. */
const rotationSuffix = /[.-]\d[\d.T_:-]*$/;

/** The name that the parts of a rotated log share: `executioner.app.log` of `executioner.app.log-20260102.gz`. */
export function sharedName(path: string): string {
  const name = basename(path).replace(/\.gz$/i, '');
  const [, stem = name, suffix = ''] = /^(.*\.log)(.*)$/i.exec(name) ?? [];
  return rotationSuffix.test(suffix) || suffix === '' ? stem : name;
}

function isPutAway(path: string): boolean {
  return basename(path) !== sharedName(path);
}

/**
 * Which of these logs are parts of one, each group in the order of time. Parts have the same name but for what log rotation
 * adds; those in other folders belong to it too, unless several folders hold a log of that name that is still written to.
 * Groups stand where their first member did.
 */
export async function groupedParts(paths: readonly string[]): Promise<string[][]> {
  const livingFolders = new Map<string, Set<string>>();
  for (const path of paths) {
    if (isPutAway(path)) continue;
    const folders = livingFolders.get(sharedName(path)) ?? new Set();
    livingFolders.set(sharedName(path), folders.add(dirname(path)));
  }
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const name = sharedName(path);
    const isOfOneFolder = (livingFolders.get(name)?.size ?? 0) > 1;
    const key = isOfOneFolder ? `${dirname(path)}/${name}` : name;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [path]);
    else group.push(path);
  }
  return await Promise.all(
    [...groups.values()].map(async (group) => (group.length === 1 ? group : await inOrder(group))),
  );
}

interface Part {
  readonly path: string;
  /** The beginning of its content. */
  readonly head: Buffer;
  /** When its first line was written; undefined where no line tells. */
  readonly firstAtMs: number | undefined;
}

/** By the times in them, else by their names; a part that is there twice, packed and not, once. */
async function inOrder(paths: readonly string[]): Promise<string[]> {
  const parts = await Promise.all(paths.map(partOf));
  const byTime = parts.every(({ firstAtMs }) => firstAtMs !== undefined);
  parts.sort((a, b) => (byTime ? a.firstAtMs! - b.firstAtMs! : 0) || byName(a.path, b.path));
  return parts
    .filter((part, index) => !parts.slice(0, index).some((other) => isSame(part, other)))
    .map(({ path }) => path);
}

/** Of two with the same beginning one is a copy; two logs do not begin alike to the second and for that long. */
function isSame(a: Part, b: Part): boolean {
  return a.head.length >= sameBytesMin && a.head.equals(b.head);
}

const sameBytesMin = 64;
const headBytes = 4096;

async function partOf(path: string): Promise<Part> {
  const head = await headOf(path);
  return { path, head, firstAtMs: firstTimeIn(head) };
}

function firstTimeIn(head: Buffer): number | undefined {
  const header = emptyHeader();
  for (let start = 0; start < head.length; ) {
    const newline = head.indexOf(10, start);
    const end = newline < 0 ? head.length : newline;
    readHeader(head, start, end, header);
    const stamp = head.toString('latin1', header.stampStart, header.stampEnd);
    const timeMs = Date.parse(stamp.replace(' ', 'T').replace(',', '.'));
    if (!Number.isNaN(timeMs)) return timeMs;
    start = end + 1;
  }
  return undefined;
}

/** Empty where it cannot be read: what is wrong with the file is told when it is read whole. */
async function headOf(path: string): Promise<Buffer> {
  try {
    const plain = await beginning(fileChunks(path));
    if (plain[0] !== 0x1f || plain[1] !== 0x8b) return plain;
    return await beginning(gunzipped(fileChunks(path), () => undefined));
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    return Buffer.alloc(0);
  }
}

async function beginning(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  for await (const chunk of chunks) return Buffer.from(chunk.subarray(0, headBytes));
  return Buffer.alloc(0);
}

/** Numbers count down to the newest, which has none; dates count up to it. */
function byName(a: string, b: string): number {
  return age(b) - age(a) || Number(isPutAway(b)) - Number(isPutAway(a)) || (a < b ? -1 : 1);
}

function age(path: string): number {
  const number = /\.log\.(\d{1,4})(?:\.gz)?$/i.exec(path)?.[1];
  return number === undefined ? 0 : Number(number);
}
