/**
 * What can stand in the gaps of a template, by the number that the matcher (`assembly/template.ts`) knows it by: `{job}` is the id
 * of a job, any characters; `{n}` digits; `{code}` digits with or without a minus; `{seconds}` a decimal number; `{word}`
 * letters, digits and underscores; `{token}` anything but blanks; `{name}` and `{text}`, which can only stand at the end, all
 * that follows, of which `{name}` is not empty.
 */
const kinds: readonly string[] = ['job', 'n', 'code', 'seconds', 'word', 'token', 'name', 'text'];

/**
 * Compiles tables of templates into the bytes that the matcher reads; the number of a template is its place in its table, and of
 * several that match the first is found. What stands before the job is matched forwards and what stands behind it backwards
 * from the end, so that ids may look like sentences; only where a `{text}` follows, the job ends where the words behind it
 * first occur.
 */
export function compileTemplates(tables: readonly (readonly string[])[]): Uint8Array {
  const words: number[] = new Array(tables.length * firstBytes).fill(0);
  const literals: Buffer[] = [];
  /** Words that shall hold places of literals, which are known when all words are there. */
  const open: { readonly word: number; readonly literal: number }[] = [];

  function addSentence(source: string, number: number): number {
    const start = words.length;
    const { texts, fields, job, isOpen } = partsOf(source);
    const last = texts.at(-1)!.at(-1);
    words.push(number, last ?? -1, job, isOpen ? 1 : 0, fields.length);
    for (const [index, text] of texts.entries()) {
      open.push({ word: words.length, literal: literals.length });
      literals.push(text);
      words.push(0, text.length);
      const field = fields[index];
      if (field !== undefined) words.push(field.kind, field.slot);
    }
    return start;
  }

  for (const [table, sources] of tables.entries()) {
    const byFirst = new Map<number, number[]>();
    for (const [number, source] of sources.entries()) {
      const first = Buffer.from(source)[0]!;
      byFirst.set(first, [...(byFirst.get(first) ?? []), addSentence(source, number)]);
    }
    for (const [first, sentences] of byFirst) {
      words[table * firstBytes + first] = words.length * wordBytes;
      words.push(sentences.length, ...sentences.map((start) => start * wordBytes));
    }
  }
  let place = words.length * wordBytes;
  const places = literals.map((literal) => {
    place += literal.length;
    return place - literal.length;
  });
  for (const { word, literal } of open) words[word] = places[literal]!;
  return Buffer.concat([Buffer.from(Int32Array.from(words).buffer), ...literals]);
}

const firstBytes = 256;
const wordBytes = 4;

interface Parts {
  /** One before each field, and one behind the last. */
  readonly texts: readonly Buffer[];
  /** `slot` is the number of a field among those that are no job. */
  readonly fields: readonly { readonly kind: number; readonly slot: number }[];
  /** Which field the job is, or how many fields there are. */
  readonly job: number;
  /** Anything may stand at the end. */
  readonly isOpen: boolean;
}

function partsOf(source: string): Parts {
  const [first = '', ...others] = source.split(/\{(\w+)\}/);
  const names = others.filter((_, index) => index % 2 === 0);
  const texts = [first, ...others.filter((_, index) => index % 2 === 1)].map((text) => Buffer.from(text));
  const job = names.indexOf('job');
  let slots = 0;
  const fields = names.map((name) => {
    const kind = kinds.indexOf(name);
    if (kind < 0) throw new Error(`Internal error: the template "${source}" has an unknown {${name}}`);
    return { kind, slot: name === 'job' ? -1 : slots++ };
  });
  const last = names.at(-1);
  return { texts, fields, job: job < 0 ? fields.length : job, isOpen: last === 'text' || last === 'name' };
}
