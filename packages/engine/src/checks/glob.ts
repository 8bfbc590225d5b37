import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/**
 * The paths that match `pattern`, sorted by code unit; empty when there are none. The rules are those of Python's
 * `glob.glob`, which configurations were written for: `*`, `?`, `[a-z]` and `[!a-z]` within one folder level,
 * `**` means no more than `*`, and a wildcard never matches a leading dot.
 */
export async function glob(pattern: string, folder: string): Promise<string[]> {
  const segments = resolve(folder, pattern).split('/').slice(1);
  let found = ['/'];
  for (const segment of segments) found = await descend(found, segment);
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Whether `pattern` holds a wildcard. */
export function hasWildcard(pattern: string): boolean {
  return /[*?[]/.test(pattern);
}

async function descend(folders: readonly string[], segment: string): Promise<string[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = hasWildcard(segment) ? await matching(folder, segment) : [segment];
      return names.map((name) => join(folder, name));
    }),
  );
  const candidates = found.flat();
  if (hasWildcard(segment)) return candidates;
  const exists = await Promise.all(
    candidates.map((path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return candidates.filter((_, index) => exists[index]);
}

async function matching(folder: string, segment: string): Promise<string[]> {
  const expression = segmentExpression(segment);
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => (segment.startsWith('.') || !name.startsWith('.')) && expression.test(name));
}

function segmentExpression(segment: string): RegExp {
  const source = segment.replace(/\[!?\]?[^\]]*\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1) return characterClass(part.slice(1, -1));
    return part.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  });
  return new RegExp(`^(?:${source})$`, 's');
}

function characterClass(body: string): string {
  const negated = body.startsWith('!');
  const members = (negated ? body.slice(1) : body).replace(/[\\\]^[]/g, '\\$&');
  return negated ? `[^${members}]` : `[${members}]`;
}
