import { blank, dot, lowerA, lowerZ, minus, nine, tab, underscore, upperA, upperZ, zero } from './ascii.ts';
import { numberAt, secondsAt } from './bytes.ts';

/** What a template found in a line. Used again for each: what is wanted of it is read at once. */
export interface Match {
  /** Where `{job}` stands. */
  jobStart: number;
  jobEnd: number;
  /** Of the other fields, in their order: `{n}`, `{code}` and `{seconds}` (in milliseconds) as numbers. */
  readonly numbers: number[];
  /** The places of the others. */
  readonly starts: number[];
  readonly ends: number[];
}

export function emptyMatch(): Match {
  return { jobStart: 0, jobEnd: 0, numbers: [0, 0, 0, 0], starts: [0, 0, 0, 0], ends: [0, 0, 0, 0] };
}

/** A sentence with gaps, to be found in bytes. */
export interface Template {
  /** The first byte of every such sentence, and the last one where all end alike. */
  readonly firstByte: number;
  readonly lastByte: number | undefined;
  /** Whether the sentence stands from `at` to `end`. With `job` the job is known, and no other one is meant. */
  match(match: Match, bytes: Buffer, at: number, end: number, job?: Uint8Array): boolean;
}

/**
 * Compiles a template: `{job}` is the id of a job, any characters; `{n}` digits; `{code}` digits with or without a minus;
 * `{seconds}` a decimal number; `{word}` letters, digits and underscores; `{token}` anything but blanks; `{name}` and
 * `{text}`, which can only stand at the end, all that follows, of which `{name}` is not empty. What stands before the job is
 * matched forwards and what stands behind it backwards from the end, so that ids may look like sentences; only where a
 * `{text}` follows, the job ends where the words behind it first occur.
 */
export function template(source: string): Template {
  const [first = '', ...others] = source.split(/\{(\w+)\}/);
  const literals: Buffer[] = [Buffer.from(first)];
  const fields: Field[] = [];
  let gaps = 0;
  for (let index = 0; index < others.length; index += 2) {
    const kind = kindOf(others[index]!, source);
    fields.push({ kind, slot: kind === 'job' ? -1 : gaps++ });
    literals.push(Buffer.from(others[index + 1]!));
  }
  return new CompiledTemplate(literals, fields);
}

const kinds = ['job', 'n', 'code', 'seconds', 'word', 'token', 'name', 'text'] as const;
type Kind = (typeof kinds)[number];

interface Field {
  readonly kind: Kind;
  /** Its number among the fields that are no job. */
  readonly slot: number;
}

function kindOf(name: string, source: string): Kind {
  const kind = kinds.find((each) => each === name);
  if (kind === undefined)
    throw new Error(`Internal error: the template "${source}" has an unknown {${name}}`);
  return kind;
}

class CompiledTemplate implements Template {
  readonly firstByte: number;
  readonly lastByte: number | undefined;
  readonly #literals: readonly Buffer[];
  readonly #fields: readonly Field[];
  /** Of the field that is the job, or how many fields there are. */
  readonly #jobAt: number;
  readonly #isOpen: boolean;

  /** A literal stands before each field, and one behind the last. */
  constructor(literals: readonly Buffer[], fields: readonly Field[]) {
    const lastKind = fields.at(-1)?.kind;
    const jobAt = fields.findIndex(({ kind }) => kind === 'job');
    this.#literals = literals;
    this.#fields = fields;
    this.#jobAt = jobAt < 0 ? fields.length : jobAt;
    this.#isOpen = lastKind === 'text' || lastKind === 'name';
    this.firstByte = literals[0]![0]!;
    this.lastByte = literals.at(-1)!.at(-1);
  }

  match(match: Match, bytes: Buffer, at: number, end: number, job?: Uint8Array): boolean {
    const jobAt = this.#jobAt;
    const count = this.#fields.length;
    const jobStart = this.#forwards(match, bytes, at, end, 0, jobAt);
    if (jobStart < 0) return false;
    if (jobAt === count) return jobStart === end;
    match.jobStart = jobStart;
    if (job !== undefined) {
      if (!stands(job, bytes, jobStart, end)) return false;
      match.jobEnd = jobStart + job.length;
      return this.#forwards(match, bytes, match.jobEnd, end, jobAt + 1, count) === end;
    }
    if (this.#isOpen) return this.#search(match, bytes, jobStart, end);
    match.jobEnd = this.#backwards(match, bytes, jobStart, end);
    return match.jobEnd > jobStart;
  }

  /** From the literal `from` to before the field `to` (to the very end when there is none); where that ends, or −1. */
  #forwards(match: Match, bytes: Buffer, start: number, end: number, from: number, to: number): number {
    let at = start;
    for (let index = from; ; index++) {
      const literal = this.#literals[index]!;
      if (!stands(literal, bytes, at, end)) return -1;
      at += literal.length;
      if (index >= to) return at;
      const { kind, slot } = this.#fields[index]!;
      const fieldEnd = endOf(kind, bytes, at, end, this.#literals[index + 1]!);
      if (fieldEnd < 0 || !take(match, kind, slot, bytes, at, fieldEnd)) return -1;
      at = fieldEnd;
    }
  }

  /** From the end of the line to the job; where it ends, or −1. */
  #backwards(match: Match, bytes: Buffer, start: number, end: number): number {
    let at = end;
    for (let index = this.#fields.length; ; index--) {
      const literal = this.#literals[index]!;
      if (!endsHere(literal, bytes, start, at)) return -1;
      at -= literal.length;
      const { kind, slot } = this.#fields[index - 1]!;
      if (kind === 'job') return at;
      const fieldStart = startOf(kind, bytes, start, at);
      if (fieldStart < 0 || !take(match, kind, slot, bytes, fieldStart, at)) return -1;
      at = fieldStart;
    }
  }

  /** The job of an open sentence is as short as can be. */
  #search(match: Match, bytes: Buffer, start: number, end: number): boolean {
    const literal = this.#literals[this.#jobAt + 1]!;
    const first = literal[0];
    for (let at = start + 1; at + literal.length <= end; at++) {
      if (bytes[at] !== first || !stands(literal, bytes, at, end)) continue;
      match.jobEnd = at;
      if (this.#forwards(match, bytes, at, end, this.#jobAt + 1, this.#fields.length) === end) return true;
    }
    return false;
  }
}

function stands(literal: Uint8Array, bytes: Buffer, at: number, end: number): boolean {
  const { length } = literal;
  if (end - at < length) return false;
  for (let index = 0; index < length; index++) if (bytes[at + index] !== literal[index]) return false;
  return true;
}

function endsHere(literal: Uint8Array, bytes: Buffer, start: number, at: number): boolean {
  const { length } = literal;
  if (at - start < length) return false;
  for (let index = 1; index <= length; index++)
    if (bytes[at - index] !== literal[length - index]) return false;
  return true;
}

/** Where a field that begins at `at` ends, or −1: it takes as much as it can. */
function endOf(kind: Kind, bytes: Buffer, at: number, end: number, next: Uint8Array): number {
  if (kind === 'text') return end;
  if (kind === 'name') return end > at ? end : -1;
  let fieldEnd = kind === 'code' && bytes[at] === minus ? at + 1 : at;
  while (fieldEnd < end && isOf(kind, bytes[fieldEnd]!)) fieldEnd += 1;
  // A token takes the beginning of what follows as well, up to the first blank.
  if (kind === 'token') fieldEnd -= next.indexOf(blank) < 0 ? next.length : next.indexOf(blank);
  return fieldEnd > at ? fieldEnd : -1;
}

/** Where a field that ends at `end` begins, or −1. */
function startOf(kind: Kind, bytes: Buffer, start: number, end: number): number {
  let at = end;
  while (at > start && isOf(kind, bytes[at - 1]!)) at -= 1;
  if (at === end) return -1;
  return kind === 'code' && at > start && bytes[at - 1] === minus ? at - 1 : at;
}

function isOf(kind: Kind, byte: number): boolean {
  if (byte >= zero && byte <= nine) return true;
  switch (kind) {
    case 'seconds':
      return byte === dot;
    case 'word':
      return (byte >= upperA && byte <= upperZ) || (byte >= lowerA && byte <= lowerZ) || byte === underscore;
    case 'token':
      return byte !== blank && byte !== tab;
    default:
      return false;
  }
}

/** Keeps what stands in a field; false when it is no number but should be one. */
function take(match: Match, kind: Kind, slot: number, bytes: Buffer, start: number, end: number): boolean {
  let number: number | undefined = 0;
  if (kind === 'n') number = numberAt(bytes, start, end);
  else if (kind === 'seconds') number = secondsAt(bytes, start, end);
  else if (kind === 'code')
    number = bytes[start] === minus ? negative(numberAt(bytes, start + 1, end)) : numberAt(bytes, start, end);
  else {
    match.starts[slot] = start;
    match.ends[slot] = end;
  }
  if (number === undefined) return false;
  match.numbers[slot] = number;
  return true;
}

function negative(number: number | undefined): number | undefined {
  return number === undefined ? undefined : 0 - number;
}
