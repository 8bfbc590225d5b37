import type { JournalEvent } from './event.ts';
import { HotLines } from './hotLines.ts';

/**
 * Something wrong with a journal. After an error nothing more is read, unless `goOn` is set; a warning costs nothing that was written.
 */
export interface JournalFinding {
  readonly severity: 'error' | 'warning';
  readonly code: 'newer_version' | 'bad_line' | 'missing_events' | 'torn_tail';
  /** One sentence without a final full stop. */
  readonly message: string;
  readonly file?: string;
  /** From 1. */
  readonly line: number;
  /** Where the line begins in the file, from 0. */
  readonly byteOffset: number;
  /** What to do next. */
  readonly hint: string;
}

export interface JournalReading {
  /** In the order of the file; events of types that this version does not know are left out. */
  readonly events: JournalEvent[];
  /** At most one. */
  readonly findings: JournalFinding[];
}

export interface JournalParserOptions {
  /** Named in findings. */
  readonly file?: string;
  /** Types that nobody waits for: their lines are checked for their number and not parsed, which is much faster. */
  readonly skip?: ReadonlySet<string>;
  /**
   * Reads on behind a line that is no event, and where events are missing, for those who only look at what there is. What is there
   * twice is taken once. Default: false, since who acts on a journal must not guess.
   */
  readonly goOn?: boolean;
  /** Called with each event and the byte offset of its line, in the order of the file. */
  readonly onEvent: (event: JournalEvent, byteOffset: number) => void;
}

/** Takes a journal in pieces, cut anywhere. Needs no Node.js. */
export interface JournalParser {
  push(chunk: Uint8Array): void;
  /** To be called after the last piece; returns what was found wrong, which is at most one thing. */
  end(): JournalFinding[];
}

/** The newest version of the format that this parser reads. */
const versionMax = 1;

/**
 * Parses a whole journal, given as its bytes or in pieces. Cost: linear in the bytes, about as fast as
 * JSON.parse.
 */
export function parseJournal(chunks: Uint8Array | Iterable<Uint8Array>, file?: string): JournalReading {
  const events: JournalEvent[] = [];
  const parser = journalParser({
    ...(file === undefined ? {} : { file }),
    onEvent: (event) => events.push(event),
  });
  for (const chunk of chunks instanceof Uint8Array ? [chunks] : chunks) parser.push(chunk);
  return { events, findings: parser.end() };
}

/**
 * Makes a parser. Lines of a newer version are refused, events of unknown types ignored. The last line may lack
 * its newline or be filled with zeros, as a crash leaves it: that is a warning, and the line is ignored. A line
 * that cannot be read anywhere else, or a gap in the numbers, is an error.
 */
export function journalParser(options: JournalParserOptions): JournalParser {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const skip = options.skip ?? new Set<string>();
  const hotLines = new HotLines(skip);
  let rest: Uint8Array = new Uint8Array(0);
  let restOffset = 0;
  let lineNumber = 0;
  let lastSeq: number | undefined;
  let finding: JournalFinding | undefined;
  let isOver = false;
  /** Places that were left out beside the first. */
  let morePlaces = 0;

  function push(chunk: Uint8Array): void {
    if (isOver) return;
    const end = chunk.lastIndexOf(newline) + 1;
    const block = joined(rest, chunk.subarray(0, end));
    if (end > 0) {
      readBlock(block);
      restOffset += block.length;
    }
    rest = end > 0 ? chunk.slice(end) : joined(rest, chunk);
  }

  /** Whole lines only. Where all is ASCII, as nearly always, a character is a byte. */
  function readBlock(block: Uint8Array): void {
    const text = decoder.decode(block);
    const isAscii = text.length === block.length;
    if (isAscii) hotLines.readIn(block, text);
    let offset = restOffset;
    for (let start = 0; start < text.length && !isOver; ) {
      const end = text.indexOf('\n', start);
      lineNumber++;
      if (!isAscii || !readHotLine(start, end, offset)) readLine(text.slice(start, end), offset);
      offset += (isAscii ? end - start : byteLength(text.slice(start, end))) + 1;
      start = end + 1;
    }
  }

  /** Whether it was one, and follows the event before. */
  function readHotLine(start: number, end: number, byteOffset: number): boolean {
    const line = hotLines.line(start, end);
    if (line === undefined) return false;
    const seq = typeof line === 'number' ? line : line.seq;
    if (lastSeq !== undefined && seq !== lastSeq + 1) return false;
    lastSeq = seq;
    if (typeof line !== 'number') options.onEvent(line, byteOffset);
    return true;
  }

  function readLine(line: string, byteOffset: number): void {
    if (skip.size === 0 || !isSkipped(line)) parseLine(line, byteOffset);
  }

  /** Whether nobody waits for the event; only of lines as our writer makes them, all others are parsed. */
  function isSkipped(line: string): boolean {
    const [, seq, type = ''] = lineHead.exec(line) ?? [];
    if (seq === undefined || !skip.has(type) || !line.endsWith('}')) return false;
    if (lastSeq !== undefined && Number(seq) !== lastSeq + 1) return false;
    lastSeq = Number(seq);
    return true;
  }

  function parseLine(line: string, byteOffset: number): void {
    const event = parsedEvent(line);
    if (event === undefined) {
      fail('bad_line', byteOffset, 'this line is not a journal event');
    } else if (event.v > versionMax) {
      const message = `this line has version ${event.v} of the journal, and this program reads versions up to ${versionMax}`;
      fail('newer_version', byteOffset, message);
    } else {
      const isNext = lastSeq === undefined || event.seq === lastSeq + 1;
      if (!isNext) {
        const message = `event ${event.seq} follows event ${lastSeq}: some are missing or repeated`;
        fail('missing_events', byteOffset, message);
        if (isOver || event.seq <= lastSeq!) return;
      }
      lastSeq = event.seq;
      if (Object.hasOwn(knownTypes, event.type)) options.onEvent(event, byteOffset);
    }
  }

  function fail(
    code: 'newer_version' | 'bad_line' | 'missing_events',
    byteOffset: number,
    message: string,
  ): void {
    isOver = options.goOn !== true || code === 'newer_version';
    if (code === 'bad_line' && lastSeq !== undefined) lastSeq += 1;
    if (finding !== undefined) {
      morePlaces += 1;
      return;
    }
    const hint =
      code === 'newer_version'
        ? 'use the version of Executioner that wrote it, or a newer one'
        : `all before this line is sound; to keep just that, copy the file and run: truncate -s ${byteOffset} ${options.file ?? '<the journal>'}`;
    finding = found('error', code, message, byteOffset, hint);
  }

  function found(
    severity: JournalFinding['severity'],
    code: JournalFinding['code'],
    message: string,
    byteOffset: number,
    hint: string,
  ): JournalFinding {
    const file = options.file === undefined ? {} : { file: options.file };
    return { severity, code, message, ...file, line: lineNumber, byteOffset, hint };
  }

  return {
    push,
    end() {
      if (finding === undefined && !isOver && rest.length > 0) {
        lineNumber++;
        const what = rest.every((byte) => byte === 0)
          ? 'the end of the journal is filled with zeros'
          : 'the last line of the journal is cut off';
        const hint = 'a crash of the machine leaves such an end; the events before it are whole';
        finding = found('warning', 'torn_tail', `${what} and was ignored`, restOffset, hint);
      }
      if (finding === undefined) return [];
      if (finding.severity === 'warning' || options.goOn !== true || finding.code === 'newer_version')
        return [finding];
      const more = morePlaces === 0 ? '' : `, and ${morePlaces} more like it`;
      return [{ ...finding, message: `${finding.message}${more}; what follows was read all the same` }];
    },
  };
}

const newline = 0x0a;

/** What our writer begins each line with, up to the type. */
const lineHead = /^\{"v":1,"seq":(\d+),"t":"[^"]*","m":[\d.]+,"run":\d+,"attempt":\d+,"type":"([a-z_.]+)"/;

/** Every type there is: the compiler keeps it complete. */
const knownTypes: Readonly<Record<JournalEvent['type'], true>> = {
  'run.started': true,
  'run.adopted': true,
  'run.paused': true,
  'run.resumed': true,
  'run.changed': true,
  'run.stopping': true,
  'run.finished': true,
  'lock.requested': true,
  'lock.granted': true,
  'lock.lost': true,
  'check.started': true,
  'check.finished': true,
  'job.approving': true,
  'job.approved': true,
  'job.starting': true,
  'job.started': true,
  'job.adopted': true,
  'job.output': true,
  'job.warning': true,
  'job.signalled': true,
  'job.exited': true,
  'job.failed_to_start': true,
  'job.lost': true,
  'job.retrying': true,
  'job.due': true,
  'job.finished': true,
  'job.skipped': true,
  'job.kept': true,
  'job.leftover': true,
  'job.modified': true,
  'job.marked': true,
  'job.held': true,
  'job.released': true,
  'job.reset': true,
};

function parsedEvent(line: string): JournalEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What a line must have, whatever its version and type. */
function isEvent(value: unknown): value is JournalEvent {
  if (typeof value !== 'object' || value === null) return false;
  const { v, seq, type } = value as Partial<JournalEvent>;
  return Number.isInteger(v) && Number.isInteger(seq) && typeof type === 'string';
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
