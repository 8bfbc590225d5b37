import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShellCheckComment } from './world.ts';

const mostScripts = 500;
const timeoutMs = 60_000;

/**
 * What ShellCheck at the path `program` remarks upon each of the scripts, which are handed over as temporary files to
 * one process. Empty lists when it fails or answers in a form that is not known.
 */
export function runShellCheck(
  program: string,
  scripts: readonly string[],
  shell: 'sh' | 'bash',
): ShellCheckComment[][] {
  const results: ShellCheckComment[][] = scripts.map(() => []);
  const looked = scripts.slice(0, mostScripts);
  const folder = mkdtempSync(join(tmpdir(), 'executioner-shellcheck-'));
  try {
    const names = looked.map((script, index) => {
      const name = `${index}.sh`;
      writeFileSync(join(folder, name), `${script}\n`);
      return name;
    });
    const { stdout } = spawnSync(program, ['--norc', '--format=json1', `--shell=${shell}`, ...names], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 28,
      timeout: timeoutMs,
    });
    for (const comment of commentsIn(stdout)) {
      const index = Number.parseInt(comment.file, 10);
      const script = looked[index];
      if (script !== undefined) results[index]!.push(toComment(comment, script));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

interface RawComment {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly column: number;
  readonly endColumn: number;
  readonly level: ShellCheckComment['level'];
  readonly code: number;
  readonly message: string;
}

function commentsIn(output: string): readonly RawComment[] {
  try {
    const { comments } = JSON.parse(output) as { readonly comments?: unknown };
    return Array.isArray(comments) ? (comments as readonly RawComment[]) : [];
  } catch {
    return [];
  }
}

function toComment({ line, endLine, column, endColumn, level, code, message }: RawComment, script: string) {
  const start = offsetAt(script, line, column);
  return { level, code, message, start, end: Math.max(start, offsetAt(script, endLine, endColumn)) };
}

/** Columns of ShellCheck count whole characters, from 1. */
function offsetAt(script: string, line: number, column: number): number {
  let start = 0;
  for (let number = 1; number < line; number++) {
    const end = script.indexOf('\n', start);
    if (end === -1) return script.length;
    start = end + 1;
  }
  const before = [...script.slice(start, start + 2 * column)].slice(0, column - 1).join('');
  return Math.min(script.length, start + before.length);
}
