import {
  createLineIndex,
  findPlace,
  type ParsedDocument,
  type Range,
  type SyntaxNode,
} from '@executioner/core';

/** A wish of the author of a file not to hear of some codes in a part of it. */
export interface Suppression {
  readonly file: string;
  /** Codes of ours, and numbers of ShellCheck. */
  readonly codes: readonly string[];
  /** Offsets of what it covers. */
  readonly start: number;
  readonly end: number;
  /** Where it is written. */
  readonly range: Range;
}

const marker = 'executioner-ignore';
const comment = /(?:#|\/\/|\/\*)[ \t]*executioner-ignore(-file)?(?![\w-])[ \t]*([^\r\n]*)/g;

/**
 * The suppressions of a file: comments `# executioner-ignore W401, W402: why` (`//` and `/*` in JSON with comments), and
 * for plain JSON the key `"x_validate": {"ignore": ["W401"]}` at the top or in a job. A comment covers what begins on its
 * line or, standing alone, on the next one, to its end: a key with its value, a job with all of it;
 * `executioner-ignore-file` covers the file.
 */
export function suppressionsIn(document: ParsedDocument): Suppression[] {
  return [...fromComments(document), ...fromKeys(document)];
}

/** The suppressions of all files of a configuration, and which of their codes have been of use. */
export class Suppressions {
  readonly all: readonly Suppression[];
  readonly #used = new Map<Suppression, Set<string>>();

  constructor(documents: Iterable<ParsedDocument>) {
    this.all = [...documents].flatMap(suppressionsIn);
  }

  /**
   * Whether a finding at `offset` of `file` is covered, which is noted as use. `codes` are all by which it can be named: its
   * own, and the number of ShellCheck.
   */
  cover(codes: readonly string[], file: string | undefined, offset: number): boolean {
    let isCovered = false;
    for (const suppression of this.all) {
      if (suppression.file !== file || offset < suppression.start || offset >= suppression.end) continue;
      for (const code of codes) {
        if (!suppression.codes.includes(code)) continue;
        isCovered = true;
        const used = this.#used.get(suppression) ?? new Set();
        this.#used.set(suppression, used.add(code));
      }
    }
    return isCovered;
  }

  /** The codes of a suppression that have covered nothing. */
  needless(suppression: Suppression): string[] {
    return suppression.codes.filter((code) => this.#used.get(suppression)?.has(code) !== true);
  }
}

function fromComments(document: ParsedDocument): Suppression[] {
  const { text, file } = document;
  if (!text.includes(marker)) return [];
  const found: Suppression[] = [];
  for (const match of text.matchAll(comment)) {
    const [written, wholeFile, rest = ''] = match;
    if (isInScalar(document.tree(), match.index)) continue;
    const codes = rest.split(/:|--|\*\//, 1)[0]!.match(/\b(?:[EWI]|SC)\d+\b/g) ?? [];
    const covered =
      wholeFile === undefined ? coveredBy(document, match.index) : { start: 0, end: text.length + 1 };
    const range = rangeOf(document, match.index, match.index + written.trimEnd().length);
    found.push({ file, codes, ...covered, range });
  }
  return found;
}

/** From the first to the end of the last of what begins on the line of the comment, or else on the next one. */
function coveredBy({ text, tree }: ParsedDocument, offset: number): { start: number; end: number } {
  let lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  if (text.slice(lineStart, offset).trim() === '') {
    const next = /^(?:[ \t]*(?:(?:#|\/\/|\/\*)[^\n]*)?\r?\n)*/.exec(text.slice(lineStart));
    lineStart += next?.[0].length ?? 0;
  }
  const lineEnd = text.indexOf('\n', lineStart);
  const last = lineEnd === -1 ? text.length : lineEnd;
  let end = last;
  const visit = (node: SyntaxNode): void => {
    const children =
      node.kind === 'map'
        ? node.entries.map(({ start, value }) => ({ start, value }))
        : node.kind === 'list'
          ? node.items
          : [];
    for (const { start, value } of children) {
      if (start >= lineStart && start <= last) end = Math.max(end, value.end);
      if (value.end >= lineStart && start <= last) visit(value);
    }
  };
  visit(tree());
  return { start: lineStart, end: end + 1 };
}

function isInScalar(node: SyntaxNode, offset: number): boolean {
  if (node.kind === 'scalar') return node.start <= offset && offset < node.end;
  if (node.kind === 'list') return node.items.some(({ value }) => isInScalar(value, offset));
  if (node.kind !== 'map') return false;
  return node.entries.some(({ keyNode, value }) => isInScalar(keyNode, offset) || isInScalar(value, offset));
}

function fromKeys(document: ParsedDocument): Suppression[] {
  const { text, value } = document;
  const found = hasSettings(value) ? ignoredBy(document, value, [], 0, text.length + 1) : [];
  const jobs = (value as { readonly jobs?: unknown } | null)?.jobs;
  if (!Array.isArray(jobs)) return found;
  for (let index = 0; index < jobs.length; index++) {
    const job: unknown = jobs[index];
    const place = hasSettings(job) ? findPlace(document.tree(), ['jobs', index])?.value : undefined;
    if (place !== undefined) found.push(...ignoredBy(document, job, ['jobs', index], place.start, place.end));
  }
  return found;
}

function hasSettings(holder: unknown): boolean {
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, 'x_validate');
}

function ignoredBy(
  document: ParsedDocument,
  holder: unknown,
  path: readonly (string | number)[],
  start: number,
  end: number,
): Suppression[] {
  const settings = (holder as { readonly x_validate?: { readonly ignore?: unknown } } | null)?.x_validate;
  const ignore = settings?.ignore;
  if (ignore === undefined) return [];
  const codes = (Array.isArray(ignore) ? ignore : [ignore]).filter((code) => typeof code === 'string');
  const range = document.locate([...path, 'x_validate', 'ignore']);
  return range === undefined ? [] : [{ file: document.file, codes, start, end, range }];
}

function rangeOf({ text }: ParsedDocument, start: number, end: number): Range {
  return createLineIndex(text).rangeOf(start, end);
}
