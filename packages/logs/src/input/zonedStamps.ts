/**
 * Logs that went through a collector have a stamp with a time zone in front of each line (`2026-01-02T03:04:05.678Z …`), as
 * CI systems and containers write it, or have such stamps in place of their own. They are read as if they had been written on
 * this machine: with local time in the form of version 1.
 */

const zoned = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?/;
const own = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(,\d{3})? - /;
const level = /^(?: - | )(DEBUG|INFO|WARNING|ERROR|CRITICAL)(?: - | )/;
const colours = /^(?:\x1b\[[0-9;]*m)+/;

/** Whether lines begin like that; a log of version 1 does not. */
export function hasZonedStamps(head: Buffer): boolean {
  const lines = head.toString('latin1').split('\n').slice(0, 20);
  return lines.some((line) => rewritten(line) !== undefined);
}

/** Takes a text in pieces, cut anywhere, and gives its whole lines with stamps of version 1 instead, others as they are. */
export interface LocalStamper {
  push(piece: Uint8Array): Buffer;
  /** What is left: a last line without its newline. */
  end(): Buffer;
}

/** Makes one. Bytes are kept as they are, whatever they mean. */
export function localStamper(): LocalStamper {
  let rest = '';
  return {
    push(piece) {
      const lines = (rest + Buffer.from(piece).toString('latin1')).split('\n');
      rest = lines.pop()!;
      return Buffer.from(lines.map((line) => `${rewritten(line) ?? line}\n`).join(''), 'latin1');
    },
    end: () => Buffer.from(rewritten(rest) ?? rest, 'latin1'),
  };
}

/** The lines of a whole text with stamps of version 1 instead. */
export async function* withLocalStamps(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const stamper = localStamper();
  for await (const chunk of chunks) {
    const lines = stamper.push(chunk);
    if (lines.length > 0) yield lines;
  }
  const last = stamper.end();
  if (last.length > 0) yield last;
}

/** Undefined for a line that needs no change. */
function rewritten(line: string): string | undefined {
  const match = zoned.exec(line);
  if (match === null) return undefined;
  const [stamp, day, time, fraction = '', zone] = match;
  const timeMs = Date.parse(`${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}${zone ?? ''}`);
  if (Number.isNaN(timeMs)) return undefined;
  const behind = line
    .slice(stamp.length)
    .replace(/^\s(?=\d{4}-|\x1b)/, '')
    .replace(colours, '');
  // The line has a stamp of its own: when it was collected is the same moment, and tells the zone.
  const written = own.exec(behind);
  if (written !== null && zone !== undefined)
    return `${localStamp(timeMs, written[1] !== undefined)} - ${behind.slice(written[0].length)}`;
  const of = level.exec(line.slice(stamp.length));
  if (of === null || (zone === undefined && stamp[10] === ' ')) return undefined;
  return `${localStamp(timeMs, false)} - ${of[1]} - ${line.slice(stamp.length + of[0].length)}`;
}

function localStamp(timeMs: number, withMilliseconds: boolean): string {
  const time = new Date(timeMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  return `${day} ${clock}${withMilliseconds ? `,${String(time.getMilliseconds()).padStart(3, '0')}` : ''}`;
}
