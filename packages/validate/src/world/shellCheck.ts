import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShellCheckComment } from './world.ts';

/** Scripts for one process of ShellCheck: many, since it takes a while to start, and few, so that two have work. */
const batchSize = 100;
const timeoutMsPerScript = 200;
const timeoutMsAtLeast = 30_000;

/**
 * Asks ShellCheck at the path `program` about each of the scripts, which are handed over as temporary files, two processes
 * at a time. Returns its remarks in the order of the scripts; undefined where it gives no answer, or one in a form that is
 * not known or after `timeoutMs`. Costs about two milliseconds of a processor for each script.
 */
export function runShellCheck(
  program: string,
  scripts: readonly string[],
  shell: 'sh' | 'bash',
  timeoutMs = Math.max(timeoutMsAtLeast, scripts.length * timeoutMsPerScript),
): (readonly ShellCheckComment[] | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), 'executioner-shellcheck-'));
  try {
    scripts.forEach((script, index) => void writeFileSync(join(folder, `${index}.sh`), `${script}\n`));
    const batches = Array.from({ length: Math.ceil(scripts.length / batchSize) }, (_, batch) => batch);
    for (const batch of batches) {
      const end = Math.min(scripts.length, (batch + 1) * batchSize);
      const names = Array.from(
        { length: end - batch * batchSize },
        (_, at) => `${batch * batchSize + at}.sh`,
      );
      writeFileSync(join(folder, `${batch}.batch`), names.join(' '));
    }
    spawnSync('/bin/sh', ['-c', twoAtATime, 'shellcheck', program, shell, String(batches.length)], {
      cwd: folder,
      stdio: 'ignore',
      timeout: timeoutMs,
    });
    return batches.flatMap((batch) => {
      const own = scripts.slice(batch * batchSize, (batch + 1) * batchSize);
      return answersOf(own, batch * batchSize, answerIn(join(folder, `${batch}.json`)));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Two workers, one for the even batches and one for the odd ones. Ended, they end what they have started. */
const twoAtATime = `
work() {
  trap 'kill "$checker" 2> /dev/null; exit 1' TERM
  batch=$1
  while [ "$batch" -lt "$3" ]; do
    read -r names < "$batch.batch"
    "$program" --norc --format=json1 --shell="$2" $names > "$batch.json" 2> /dev/null &
    checker=$!
    wait "$checker"
    batch=$((batch + 2))
  done
}
program=$1
work 0 "$2" "$3" &
one=$!
work 1 "$2" "$3" &
other=$!
trap 'kill "$one" "$other" 2> /dev/null; exit 1' TERM INT HUP
wait "$one"
wait "$other"`;

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

/** Undefined: there is none, or it was cut off. */
function answerIn(file: string): readonly RawComment[] | undefined {
  try {
    const { comments } = JSON.parse(readFileSync(file, 'utf8')) as { readonly comments?: unknown };
    return Array.isArray(comments) ? (comments as readonly RawComment[]) : undefined;
  } catch {
    return undefined;
  }
}

function answersOf(
  scripts: readonly string[],
  first: number,
  comments: readonly RawComment[] | undefined,
): (readonly ShellCheckComment[] | undefined)[] {
  if (comments === undefined) return scripts.map(() => undefined);
  const answers = scripts.map((): ShellCheckComment[] => []);
  for (const comment of comments) {
    const index = Number.parseInt(comment.file, 10) - first;
    const script = scripts[index];
    if (script !== undefined) answers[index]!.push(toComment(comment, script));
  }
  return answers;
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
