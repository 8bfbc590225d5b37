/** How grave a finding is: only errors make a configuration unusable. */
export type Severity = 'error' | 'warning' | 'info';

/** E for an error, W for a warning, I for an information, and a number: `E301`. Those of core are `DiagnosticCode`. */
export type Code = `${'E' | 'W' | 'I'}${number}`;

/** A place in a text: UTF-16 offset from 0, line and column from 1. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** Half-open: `end` is the first position that does not belong to the range. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A second place that explains a finding: the earlier definition, the next edge of a cycle, the including file. */
export interface RelatedPlace {
  readonly message: string;
  readonly file?: string;
  readonly range?: Range;
}

/** Replaces the half-open offset range [start, end) of `file` by `newText`. */
export interface TextEdit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** A `fix` keeps what the workflow does and may be applied in bulk; a `suggestion` may change it and needs a person. */
export interface Fix {
  readonly kind: 'fix' | 'suggestion';
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** A finding about the user's input. Plain data: it survives JSON and needs no Node.js. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  /** One sentence without a final full stop; names are quoted. */
  readonly message: string;
  /** The file that holds the text of `range`; `-` is standard input. */
  readonly file?: string;
  readonly range?: Range;
  /** The id of the job concerned. */
  readonly job?: string;
  /** What to do next. */
  readonly hint?: string;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
}
