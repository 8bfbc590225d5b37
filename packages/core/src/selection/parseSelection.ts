import { type Diagnostic, nearest } from '../diagnostics/index.ts';
import {
  type MatchField,
  matchFields,
  type SelectionExpression,
  selectableStatuses,
  type TextPattern,
  type TextRange,
} from './expression.ts';
import { isGlob } from './glob.ts';
import { quotedAt, regexAt, wordAt } from './lexemes.ts';
import { type Prefix, prefixOf, type Suffix, splitAtKnownId, suffixOf } from './operators.ts';
import { compilePattern } from './pattern.ts';
import { printId } from './printSelection.ts';
import { type SelectionProblem, selectionDiagnostic } from './selectionDiagnostic.ts';
import { statusNamed } from './status.ts';

/** The ids that exist. A `Set` of them fits, and so does the `numberById` of a graph. */
export interface KnownIds {
  has(id: string): boolean;
  keys(): Iterable<string>;
}

export type ParsedSelection =
  | { readonly ok: true; readonly expression: SelectionExpression }
  | { readonly ok: false; readonly error: Diagnostic };

/**
 * Reads a selection of jobs. The language, which docs/selection.md explains:
 *
 *     union        = intersection { (" " | ",") intersection }
 *     intersection = negation { "&" negation }
 *     negation     = "!" negation | operand
 *     operand      = [ [ depth ] "+" | "@" ] atom [ "+" [ depth ] ]
 *     atom         = "(" union ")" | field ":" value | value        field = tag, command, description, status
 *     value        = '"' text '"' | "/" expression "/" [ "i" ] | glob | word
 *
 * With `knownIds`, a word that is an existing id means that job whatever else it could mean, and a plain word that is
 * none is an error with the nearest id. Without them every word is read by the rules and any id is accepted. Linear in
 * the text; the nearest id is looked for only when there is an error.
 */
export function parseSelection(text: string, knownIds?: KnownIds): ParsedSelection {
  const parser = new SelectionParser(text, knownIds);
  const expression = parser.parse();
  if (expression !== undefined) return { ok: true, expression };
  return { ok: false, error: selectionDiagnostic(parser.problem!, text) };
}

const nestingMaximum = 200;
const fields = [...matchFields, 'status'] as const;

/** Recursive descent over the characters. A method that returns undefined has left the reason in `problem`. */
class SelectionParser {
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
    if (pattern === undefined) return this.failed(start, field);
    const range = { start, end: this.position };
    if (field === 'status') return this.status(pattern, range);
    if (field !== undefined) return this.match(field, pattern, range);
    return pattern.kind === 'text' ? this.id(pattern.text, range) : this.match('id', pattern, range);
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

  private id(id: string, range: TextRange): SelectionExpression | undefined {
    if (this.knownIds === undefined || this.knownIds.has(id)) return { kind: 'id', id, range };
    this.problem = unknownId(id, range, this.knownIds);
    return undefined;
  }

  private match(field: MatchField, pattern: TextPattern, range: TextRange): SelectionExpression | undefined {
    try {
      compilePattern(pattern, field);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const reason = /[^:]*$/.exec(error.message)![0].trim().toLowerCase();
      return this.fail(
        `the ${pattern.kind === 'glob' ? 'pattern' : 'regular expression'} is not valid: ${reason}`,
        range,
      );
    }
    return { kind: 'match', field, pattern, range };
  }

  private status(pattern: TextPattern, range: TextRange): SelectionExpression | undefined {
    const name = pattern.kind === 'text' ? pattern.text : undefined;
    const status = name === undefined ? undefined : statusNamed(name);
    if (status !== undefined) return { kind: 'status', status, range };
    const near = name === undefined ? undefined : nearest(name, selectableStatuses);
    this.problem = {
      code: 'E190',
      message: `${this.text.slice(range.start, range.end)} names no status`,
      range,
      hint:
        near === undefined
          ? `a status is one of ${selectableStatuses.join(', ')}`
          : `did you mean status:${near}?`,
      ...(near !== undefined && { replacement: `status:${near}` }),
    };
    return undefined;
  }

  /** Says that an atom is missing, unless something worse was found in its place. */
  private failed(start: number, field: string | undefined): undefined {
    if (this.problem !== undefined) return undefined;
    const end = Math.max(this.position, start) + 1;
    if (field !== undefined)
      return this.fail(`expected a value right after "${field}:"`, { start, end: this.position });
    const before = this.text.slice(0, this.position).trimEnd().at(-1);
    const operator = before !== undefined && '!&+@'.includes(before) ? ` after "${before}"` : '';
    return this.fail(`expected a job${operator}`, {
      start: this.position,
      end: Math.min(end, this.text.length),
    });
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

function unknownId(id: string, range: TextRange, knownIds: KnownIds): SelectionProblem {
  const replacement = meantField(id) ?? nearestId(id, knownIds);
  return {
    code: 'E191',
    message: `no job has the id "${id}"`,
    range,
    hint:
      replacement === undefined
        ? `ids are matched exactly: write *${id}* for all that have it in their id`
        : `did you mean ${replacement}?`,
    ...(replacement !== undefined && { replacement }),
  };
}

function nearestId(id: string, knownIds: KnownIds): string | undefined {
  const near = nearest(id, knownIds.keys());
  return near === undefined ? undefined : printId(near);
}

/** `tag:nightly` for `tga:nightly`. */
function meantField(word: string): string | undefined {
  const colon = word.indexOf(':');
  if (colon < 1) return undefined;
  const field = nearest(word.slice(0, colon), fields);
  return field === undefined ? undefined : `${field}${word.slice(colon)}`;
}
