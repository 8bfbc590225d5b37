// Grouping the lines of a log into patterns: megabytes for each second of
// processor time of the built command as a whole process, beside `grep -c` of a
// word over the same file. The log is that of a long run: the sentences of a job that loads tables, with numbers, paths, hosts
// and identifiers that never repeat, and the samples of Loghub where they are there; then logs of which hardly two lines are alike, large and small ones.
import { spawnSync } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { unlikeKinds } from './unlikeLines.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const corpus = join(root, '../shared/corpus/loghub');
const command = join(root, 'packages/logs/bin/executioner-logs.js');
const large = 100;
const small = 10;
const rounds = 3;
const goalMbPerSecond = 20;

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'patterns-'));
  try {
    const texts = [
      ['of a job', jobText, large],
      ...(existsSync(corpus) ? [['of Loghub', loghubText(), large]] : []),
      ...[large, small].flatMap((megabytes) =>
        unlikeKinds.map(({ name, text }) => [
          `of ${megabytes} MB that repeats nothing: ${name}`,
          text,
          megabytes,
        ]),
      ),
    ];
    const rows = [];
    for (const [name, piece, megabytes] of texts) {
      const file = join(folder, 'run.log');
      await writeLog(file, piece, megabytes);
      const mega = statSync(file).size / 1e6;
      const grep = mega / seconds(['grep', '-c', 'ERROR', file], `${file}.out`);
      const figure = mega / seconds([process.execPath, command, 'patterns', file, '--json'], `${file}.out`);
      rows.push({
        name: `patterns of a log ${name}`,
        figure,
        unit: 'MB/s',
        yardstick: 'grep -c',
        yardstickFigure: grep,
        ratio: figure / grep,
        // Of the half second of a small one a third is starting Node and compiling JavaScript.
        ...(megabytes === large && { goal: `≥ ${goalMbPerSecond} MB/s`, met: figure >= goalMbPerSecond }),
      });
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function writeLog(file, piece, megabytes) {
  const stream = createWriteStream(file);
  let bytes = 0;
  for (let number = 0; bytes < megabytes * 1e6; number++) {
    const text = piece(number);
    bytes += text.length;
    if (!stream.write(text)) await new Promise((resolve) => stream.once('drain', resolve));
  }
  stream.end();
  await finished(stream);
}

function jobText(piece) {
  let text = '';
  for (let line = 0; line < 500; line++) {
    const n = piece * 500 + line;
    const id = Math.imul(n + 1, 0x9e3779b1) >>> 0;
    const stamp = `2026-01-02 03:${String(n % 60).padStart(2, '0')}:05,${String(n % 1000).padStart(3, '0')} - INFO - `;
    text += stamp;
    text += [
      `loaded ${n} rows of table orders_${n % 97} from /srv/data/in/${n}.csv\n`,
      `request ${id.toString(16)} from 10.0.${n % 250}.${n % 199}:${n % 60000} took ${(n % 977) / 10} ms\n`,
      `worker-${n % 16} took job attempt_${id}_0001_m_${n} of host db${n % 40}.example.com\n`,
      `checkpoint complete: wrote ${n % 5000} buffers (${(n % 1000) / 10}%), sync=0.${n % 1000} s\n`,
    ][n % 4];
  }
  return text;
}

function loghubText() {
  const whole = readdirSync(corpus, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${readFileSync(join(corpus, name, `${name}_2k.log`), 'latin1').trimEnd()}\n`)
    .join('');
  return () => whole;
}

/**
 * Seconds of processor time, of the user and the system together: what else the machine does counts for nothing. Its output goes
 * to a file, since grep stops early when it goes to /dev/null.
 */
function seconds(words, output) {
  const timed = `TIMEFORMAT='%U %S'; time "$@" > "$0" || [ $? = 1 ]`;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const { stderr, status } = spawnSync('bash', ['-c', timed, output, ...words], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${words.join(' ')}: ${stderr}`);
    const [user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
    best = Math.min(best, user + system);
  }
  return best;
}
