import { fields, type SelectionExpression, type TextPattern, type TextRange } from './expression.ts';
import { isGlob } from './glob.ts';
import { quotedAt, regexAt, wordAt } from './lexemes.ts';
import { type Prefix, prefixOf, type Suffix, splitAtKnownId, suffixOf } from './operators.ts';
import type { SelectionProblem } from './selectionDiagnostic.ts';
import { selectionTerm } from './selectionTerm.ts';
import type { KnownIds } from './unknownNames.ts';

/** How deep parentheses may be nested, and how many negations may follow each other. */
const nestingMaximum = 200;

/** Recursive descent over the characters. A method that returns undefined has left the reason in `problem`. */
export class SelectionParser {
  problem: SelectionProblem | undefined;
  private readonly text: string;
  private readonly knownIds: KnownIds | undefined;
  private position = 0;

  constructor(text: string, knownIds: KnownIds | undefined) {
    this.text = text;
    this.knownIds = knownIds;
  }

  parse(): SelectionExpression | undefined {
    const expression = this.union(0);
    if (expression === undefined || this.position === this.text.length) return expression;
    return this.fail('there is no "(" before this ")"', { start: this.position, end: this.position + 1 });
  }

  private union(nesting: number): SelectionExpression | undefined {
    const parts: SelectionExpression[] = [];
    for (;;) {
      this.skip(/[\s,]*/y);
      if (this.position === this.text.length || this.next() === ')') break;
      const part = this.intersection(nesting);
      if (part === undefined) return undefined;
      parts.push(part);
    }
    if (parts.length > 0) return joined('or', parts);
    const range = { start: this.position, end: this.position };
    if (nesting > 0) return this.fail('there is nothing between the parentheses', range);
    if (this.next() === ')')
      return this.fail('there is no "(" before this ")"', { ...range, end: range.end + 1 });
    return this.fail('the selection is empty', range, 'write * to select all jobs');
  }

  private intersection(nesting: number): SelectionExpression | undefined {
    const parts: SelectionExpression[] = [];
    for (;;) {
      const part = this.negation(nesting);
      if (part === undefined) return undefined;
      parts.push(part);
      const end = this.position;
      this.skip(/\s*/y);
      if (this.next() !== '&') {
        this.position = end;
        return joined('and', parts);
      }
      this.position++;
      if (this.next() === '&') {
        const range = { start: this.position - 1, end: this.position + 1 };
        return this.fail('"&&" is no operator', range, 'write a single "&" for jobs in both selections');
      }
      this.skip(/\s*/y);
    }
  }

  private negation(nesting: number): SelectionExpression | undefined {
    const marks: number[] = [];
    while (this.next() === '!' && !this.isKnownHere()) {
      marks.push(this.position++);
      this.skip(/\s*/y);
      if (marks.length > nestingMaximum) {
        const range = { start: marks[0]!, end: this.position };
        return this.fail(`more than ${nestingMaximum} negations in a row`, range);
      }
    }
    let expression = this.operand(nesting);
    if (expression === undefined) return undefined;
    for (const start of marks.reverse()) {
      expression = { kind: 'not', of: expression, range: { start, end: expression.range.end } };
    }
    return expression;
  }

  private operand(nesting: number): SelectionExpression | undefined {
    const start = this.position;
    const word = this.word();
    const known = this.runsOn(word) ? undefined : splitAtKnownId(word, (id) => this.isKnown(id));
    if (known !== undefined) {
      const idStart = start + (known.prefix?.length ?? 0);
      this.position += word.length;
      const range = { start: idStart, end: idStart + known.id.length };
      return this.reaching({ kind: 'id', id: known.id, range }, start, known.prefix, known.suffix);
    }

    const prefix = this.prefix(word);
    this.position += prefix?.length ?? 0;
    const second = prefix && this.secondPrefix();
    if (second !== undefined) {
      const range = { start, end: this.position + second.length };
      return this.fail('two graph operators stand in a row', range, 'use parentheses: +(@job)');
    }
    const atom = this.atom(nesting);
    if (atom === undefined) return undefined;
    const suffix = suffixOf(this.skip(/(?:\+\d*)?/y));
    return this.reaching(atom, start, prefix, suffix);
  }

  /** The operator that `word`, which begins here, begins with. In `7+` alone the 7 is an id. */
  private prefix(word: string): Prefix | undefined {
    const prefix = prefixOf(word);
    const isWholeWord = prefix?.length === word.length && !this.runsOn(word);
    return isWholeWord && /^\d/.test(word) ? undefined : prefix;
  }

  /** An operator after an operator. In `2+3+1` the 3 is an id. */
  private secondPrefix(): Prefix | undefined {
    const word = this.word();
    const prefix = this.prefix(word);
    const isId = prefix !== undefined && /^\d*$/.test(word.slice(prefix.length)) && !this.runsOn(word);
    return isId ? undefined : prefix;
  }

  /** The operand with its graph operators, which nothing but a separator may follow. */
  private reaching(
    of: SelectionExpression,
    start: number,
    prefix: Prefix | undefined,
    suffix: Suffix | undefined,
  ): SelectionExpression | undefined {
    const range = { start, end: this.position };
    if (!/[\s,&)]|^$/.test(this.next())) {
      const place = { start: this.position, end: this.position + 1 };
      return this.fail(`expected a space, "," or "&" before ${JSON.stringify(this.next())}`, place);
    }
    if (prefix?.kind === 'closure') {
      if (suffix === undefined) return { kind: 'closure', of, range };
      const place = { start: this.position - suffix.length, end: this.position };
      return this.fail(
        '"@" and "+" cannot be used on one job',
        place,
        '"@" already takes all its dependents: leave the "+" away',
      );
    }
    if (prefix === undefined && suffix === undefined) return of;
    return { kind: 'reach', dependencies: prefix?.depth ?? 0, dependents: suffix?.depth ?? 0, of, range };
  }

  private atom(nesting: number): SelectionExpression | undefined {
    if (this.next() === '(') return this.group(nesting);
    const start = this.position;
    if (this.next() === '!') {
      const range = { start, end: start + 1 };
      return this.fail('a "!" cannot stand behind a graph operator', range, 'use parentheses: +(!job)');
    }
    const field = fields.find((name) => this.text.startsWith(`${name}:`, start));
    this.position += field === undefined ? 0 : field.length + 1;
    const isQuoted = this.next() === '"';
    const pattern = isQuoted ? this.quotedText() : this.pattern();
    if (pattern === undefined) return this.missing(field);
    const range = { start, end: this.position };
    const term = selectionTerm({ field, pattern, range }, this.text, this.knownIds);
    if ('kind' in term) return term;
    this.problem ??= term;
    return undefined;
  }

  private group(nesting: number): SelectionExpression | undefined {
    const start = this.position++;
    if (nesting === nestingMaximum) {
      return this.fail(`parentheses are nested more than ${nestingMaximum} deep`, { start, end: start + 1 });
    }
    const expression = this.union(nesting + 1);
    if (expression === undefined) return undefined;
    if (this.next() !== ')') return this.fail('this "(" is never closed', { start, end: start + 1 });
    this.position++;
    return { ...expression, range: { start, end: this.position } };
  }

  private quotedText(): TextPattern | undefined {
    const found = quotedAt(this.text, this.position);
    if (found === undefined) {
      return this.fail('this quote is never closed', { start: this.position, end: this.position + 1 });
    }
    this.position = found.end;
    return { kind: 'text', text: found.text };
  }

  /** A regular expression, or a word without the operator at its end; undefined when nothing is there. */
  private pattern(): TextPattern | undefined {
    const regex = regexAt(this.text, this.position);
    if (regex !== undefined) {
      this.position = regex.end;
      return { kind: 'regex', source: regex.source, ignoreCase: regex.ignoreCase };
    }
    const word = this.word();
    const text = word.slice(0, word.length - (suffixOf(word)?.length ?? 0));
    if (text === '') return undefined;
    this.position += text.length;
    const second = isGlob(text) ? suffixOf(text) : undefined;
    if (second !== undefined) {
      const range = { start: this.position - second.length, end: this.position - text.length + word.length };
      return this.fail(
        'two graph operators stand in a row',
        range,
        'write [+] for a plus at the end of a pattern',
      );
    }
    return isGlob(text) ? { kind: 'glob', glob: text } : { kind: 'text', text };
  }

  /** Says that a term is missing, unless something worse was found in its place. */
  private missing(field: string | undefined): undefined {
    if (this.problem !== undefined) return undefined;
    if (field !== undefined) {
      const range = { start: this.position - field.length - 1, end: this.position };
      return this.fail(`expected a value right after "${field}:"`, range);
    }
    const before = this.text.slice(0, this.position).trimEnd().at(-1);
    const operator = before !== undefined && '!&+@'.includes(before) ? ` after "${before}"` : '';
    const end = Math.min(this.position + 1, this.text.length);
    return this.fail(`expected a job${operator}`, { start: this.position, end });
  }

  private fail(message: string, range: TextRange, hint?: string): undefined {
    this.problem ??= { code: 'E190', message, range, ...(hint !== undefined && { hint }) };
    return undefined;
  }

  /** Whether the whole word here is an existing id. */
  private isKnownHere(): boolean {
    const word = this.word();
    return this.isKnown(word) && !this.runsOn(word);
  }

  private isKnown(id: string): boolean {
    return id !== '' && this.knownIds !== undefined && this.knownIds.has(id);
  }

  /** Whether `word`, which begins here, is followed by what belongs to it, as in `+(a b)` and `tag:"x"`. */
  private runsOn(word: string): boolean {
    const following = this.text.charAt(this.position + word.length);
    return following === '(' || following === '"';
  }

  /** The character here; empty at the end. */
  private next(): string {
    return this.text.charAt(this.position);
  }

  private word(): string {
    return wordAt(this.text, this.position);
  }

  /** Steps over what the sticky `pattern`, which matches the empty text too, matches here. */
  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const [skipped] = pattern.exec(this.text)!;
    this.position += skipped.length;
    return skipped;
  }
}

function joined(kind: 'and' | 'or', parts: readonly SelectionExpression[]): SelectionExpression {
  if (parts.length === 1) return parts[0]!;
  return { kind, of: parts, range: { start: parts[0]!.range.start, end: parts.at(-1)!.range.end } };
}
