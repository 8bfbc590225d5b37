// Masking the output of jobs: megabytes a second through the streaming masker in chunks of 64 KiB, beside decoding the
// same bytes and encoding them again, which every log needs anyway. The fastest of some rounds in this process.
import { secretMasker } from '../packages/engine/dist/index.js';

const megabytes = 64;
const rounds = 3;
const goal = '≥ 0.25 × the copy';

export async function run() {
  const chunks = chunksOf(logText(megabytes * 1_000_000));
  const yardstickFigure = throughput(() => pass(chunks, (text) => text));
  return [1, 20, 200].map((count) => {
    const secrets = Array.from(
      { length: count },
      (_, number) => `s3cr3t/Value+${number}-${'x'.repeat(number % 30)}`,
    );
    const masker = secretMasker(secrets);
    const figure = throughput(() => {
      const stream = masker.stream();
      pass(chunks, (text) => stream.push(text));
      stream.flush();
    });
    return {
      name: `mask ${count} ${count === 1 ? 'secret' : 'secrets'}`,
      figure,
      unit: 'MB/s',
      yardstick: 'decode and encode the same bytes',
      yardstickFigure,
      ratio: figure / yardstickFigure,
      goal,
      met: figure >= 0.25 * yardstickFigure,
    };
  });
}

function pass(chunks, through) {
  let bytes = 0;
  for (const chunk of chunks) bytes += Buffer.from(through(chunk.toString('utf8'))).length;
  return bytes;
}

function throughput(work) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    work();
    best = Math.min(best, performance.now() - startedAt);
  }
  return (megabytes * 1000) / best;
}

function logText(length) {
  const line = (number) =>
    `2026-01-02 03:04:05,${number % 1000} - INFO - loaded ${number} rows of table orders_${number % 97} from /srv/data/in/${number}.csv\n`;
  let text = '';
  for (let number = 0; text.length < length; number++) text += line(number);
  return Buffer.from(text.slice(0, length));
}

function chunksOf(bytes) {
  const chunks = [];
  for (let at = 0; at < bytes.length; at += 65_536) chunks.push(bytes.subarray(at, at + 65_536));
  return chunks;
}
