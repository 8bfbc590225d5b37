import type { Diagnostic, Range } from '../diagnostics/diagnostic.ts';
import type { WideEncoding } from './decodeText.ts';
import type { DocumentPath } from './documentPath.ts';
import type { SyntaxNode } from './syntaxTree.ts';

/** How a text is written. `json` and `jsonc` are read alike; they differ in what is remarked upon. */
export type DocumentFormat = 'json' | 'jsonc' | 'yaml';

export interface SourceText {
  /** The name for diagnostics; `-` is standard input. */
  readonly file: string;
  readonly text: string;
  /** When absent: by the ending of `file`, and by the look of the text where the ending says nothing. */
  readonly format?: DocumentFormat;
  /** How the text was written; absent: in UTF-8. */
  readonly encoding?: WideEncoding;
}

export interface ParsedDocument {
  readonly file: string;
  readonly text: string;
  readonly format: DocumentFormat;
  /** Plain data: null, booleans, numbers, strings, arrays and objects (which may have an own `__proto__`). */
  readonly value: unknown;
  /**
   * The place of the value, or of the key, at `path`; undefined when nothing is written there. Positions are
   * computed at the first call, in time linear in the text; later calls cost the length of the path.
   */
  locate(path: DocumentPath, what?: 'value' | 'key'): Range | undefined;
  /**
   * The place of the part [start, end) of the string at `path`, in UTF-16 units of the decoded string, mapped back
   * through escapes, line folding and block indentation; undefined when no string is written there.
   */
  locateInString(path: DocumentPath, start: number, end: number): Range | undefined;
  /** All nodes with their places; computed at the first call, as for `locate`. */
  tree(): SyntaxNode;
}

export interface ParseResult {
  /** Absent when the text has a syntax error: then there is at least one diagnostic of severity error. */
  readonly document?: ParsedDocument;
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ParseLimits {
  /** In UTF-16 units. */
  readonly maximumLength: number;
  /** How deep maps and lists may be nested. */
  readonly maximumDepth: number;
}
