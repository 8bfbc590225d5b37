import { appendFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type OutputReader, outputReader } from '../../src/output/index.ts';

let folder: string;
let path: string;
let reader: OutputReader;
let errors: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-'));
  path = join(folder, 'spool');
  errors = [];
  reader = outputReader({ pollMs: 1, onError: (_, { code }) => errors.push(code ?? '') });
});
afterEach(async () => {
  await reader.close();
  rmSync(folder, { recursive: true });
});

/** A sink that tells when it has received a line. */
function collector() {
  const lines: string[] = [];
  let wake = () => {};
  return {
    lines,
    sink: {
      lines(more: readonly string[]) {
        lines.push(...more);
        wake();
      },
    },
    async until(line: string) {
      while (!lines.includes(line)) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

describe('following a spool', () => {
  test('reads from the offset of the try, while it grows, up to its end', async () => {
    writeFileSync(path, 'earlier\n');
    const { lines, sink, until } = collector();
    const follower = reader.follow({ path, offset: 8 }, sink);
    appendFileSync(path, 'one\ntw');
    await until('one');
    appendFileSync(path, 'o\nthree');
    await until('two');
    const end = statSync(path).size;
    const finished = follower.finish(end, false);
    appendFileSync(path, ' and what the next job prints\n');
    await finished;
    expect(lines).toEqual(['one', 'two', 'three']);
  });

  test('tells at once of what has come and was not read yet, and of nothing else', async () => {
    writeFileSync(path, 'earlier\n');
    const heard: string[] = [];
    const { sink, until } = collector();
    const follower = reader.follow({ path, offset: 8 }, { ...sink, seen: () => heard.push('seen') });
    reader.follow({ path: join(folder, 'none'), offset: 0 }, { ...sink, seen: () => heard.push('none') });
    reader.hear();
    expect(heard).toEqual([]);
    appendFileSync(path, 'one\n');
    reader.hear();
    expect(heard).toEqual(['seen']);
    await until('one');
    heard.length = 0;
    reader.hear();
    expect(heard).toEqual([]);
    await follower.finish(12, false);
  });

  test('what comes while a slow sink holds up the reading is not read past the end', async () => {
    const lines: string[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    writeFileSync(path, 'mine\n');
    let reached = () => {};
    const holding = new Promise<void>((resolve) => (reached = resolve));
    const follower = reader.follow(
      { path, offset: 0 },
      {
        async lines(more) {
          lines.push(...more);
          reached();
          await held;
        },
      },
    );
    await holding;
    const finished = follower.finish(5, false);
    appendFileSync(path, 'of the next job\n');
    release();
    await finished;
    expect(lines).toEqual(['mine']);
  });

  test('tries that share a spool get their own stretches', async () => {
    writeFileSync(path, 'a1\nb1\nb2\n');
    const [a, b] = [collector(), collector()];
    const first = reader.follow({ path, offset: 0 }, a.sink);
    const second = reader.follow({ path, offset: 3 }, b.sink);
    await Promise.all([first.finish(3, false), second.finish(9, false)]);
    expect([a.lines, b.lines]).toEqual([['a1'], ['b1', 'b2']]);
  });

  test('a retired spool is removed when it has been read, the others at the end', async () => {
    const other = join(folder, 'other');
    for (const file of [path, other]) writeFileSync(file, 'x\n');
    const { lines, sink } = collector();
    await reader.follow({ path, offset: 0 }, sink).finish(2, true);
    await reader.follow({ path: other, offset: 0 }, sink).finish(2, false);
    expect([existsSync(path), existsSync(other)]).toEqual([false, true]);
    await reader.close();
    expect(existsSync(other)).toBe(false);
    expect(lines).toEqual(['x', 'x']);
  });

  test('a try that printed nothing needs no file; one whose file is gone is reported', async () => {
    const { sink } = collector();
    await reader.follow({ path, offset: 0 }, sink).finish(0, false);
    expect(errors).toEqual([]);
    await reader.follow({ path: join(folder, 'gone'), offset: 0 }, sink).finish(7, false);
    expect(errors).toContain('ENOENT');
  });
});
