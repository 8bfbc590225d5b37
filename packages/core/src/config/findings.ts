import type { DiagnosticCode } from '../diagnostics/codes.ts';
import { diagnosticCodes } from '../diagnostics/codes.ts';
import type { Diagnostic, Fix, Range, RelatedPlace, TextEdit } from '../diagnostics/diagnostic.ts';
import type { DocumentPath, ParsedDocument } from '../document/index.ts';

/** A place by its path in the document; it becomes a range when a diagnostic is made of it, not before. */
export interface Place {
  readonly file: string;
  readonly path: DocumentPath;
  readonly part?: 'key' | 'value';
}

/** A diagnostic whose places are still paths. */
export interface Finding {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly place?: Place;
  readonly job?: string;
  readonly hint?: string;
  /** Becomes the hint, with the line of the place. */
  readonly didYouMean?: { readonly name: string; readonly place: Place };
  readonly related?: readonly { readonly message: string; readonly place?: Place }[];
  readonly fixes?: readonly ProposedFix[];
}

export interface ProposedFix {
  readonly kind: Fix['kind'];
  readonly title: string;
  readonly edits: readonly ProposedEdit[];
}

export interface ProposedEdit {
  readonly place: Place;
  /** What shall stand there instead. */
  readonly by: unknown;
}

/** Collects findings in the order in which they are met; `load` sorts them. */
export interface Findings {
  add(finding: Finding): void;
}

/** The diagnostic of a finding, its places looked up in `documents` (by file name). */
export function toDiagnostic(finding: Finding, documents: ReadonlyMap<string, ParsedDocument>): Diagnostic {
  const { code, message, place, job, didYouMean, related, fixes } = finding;
  const hint = didYouMean === undefined ? finding.hint : hintTo(didYouMean, place, documents);
  const range = place && shownRange(place, documents);
  const edits = (fixes ?? []).flatMap((fix) => toFix(fix, documents) ?? []);
  return {
    code,
    severity: diagnosticCodes[code].severity,
    message,
    ...(place && { file: place.file }),
    ...(range && { range }),
    ...(job !== undefined && { job }),
    ...(hint !== undefined && { hint }),
    ...(related && related.length > 0 && { related: related.map((entry) => toRelated(entry, documents)) }),
    ...(edits.length > 0 && { fixes: edits }),
  };
}

/** What concerns a file as a whole is shown at its beginning: a frame around all of it would help nobody. */
function shownRange(place: Place, documents: ReadonlyMap<string, ParsedDocument>): Range | undefined {
  const range = rangeOf(place, documents);
  return range && place.path.length === 0 ? { start: range.start, end: range.start } : range;
}

function hintTo(
  { name, place }: { readonly name: string; readonly place: Place },
  from: Place | undefined,
  documents: ReadonlyMap<string, ParsedDocument>,
): string {
  const line = rangeOf(place, documents)?.start.line;
  const where = from?.file === place.file ? `line ${line}` : `${place.file}:${line}`;
  return `did you mean "${name}"${line === undefined ? '' : ` (${where})`}?`;
}

/** The range of the place, or of the nearest thing around it that is written in the file. */
export function rangeOf(place: Place, documents: ReadonlyMap<string, ParsedDocument>): Range | undefined {
  const document = documents.get(place.file);
  if (document === undefined) return undefined;
  const exact = document.locate(place.path, place.part ?? 'value');
  for (let depth = place.path.length - 1; exact === undefined && depth >= 0; depth--) {
    const around = document.locate(place.path.slice(0, depth));
    if (around !== undefined) return around;
  }
  return exact;
}

function toRelated(
  related: { readonly message: string; readonly place?: Place },
  documents: ReadonlyMap<string, ParsedDocument>,
): RelatedPlace {
  const range = related.place && rangeOf(related.place, documents);
  return {
    message: related.message,
    ...(related.place && { file: related.place.file }),
    ...(range && { range }),
  };
}

function toFix(fix: ProposedFix, documents: ReadonlyMap<string, ParsedDocument>): Fix | undefined {
  const edits = fix.edits.flatMap((edit) => toTextEdit(edit, documents) ?? []);
  return edits.length < fix.edits.length ? undefined : { kind: fix.kind, title: fix.title, edits };
}

function toTextEdit(
  edit: ProposedEdit,
  documents: ReadonlyMap<string, ParsedDocument>,
): TextEdit | undefined {
  const { file, path, part } = edit.place;
  const document = documents.get(file);
  const range = document?.locate(path, part ?? 'value');
  if (document === undefined || range === undefined) return undefined;
  const newText = document.format === 'yaml' ? yamlText(edit.by) : JSON.stringify(edit.by);
  return { file, start: range.start.offset, end: range.end.offset, newText };
}

/** A plain scalar where YAML reads it back as the same text; else JSON, which is YAML too. */
function yamlText(value: unknown): string {
  const isPlain =
    typeof value === 'string' &&
    /^[A-Za-z_][\w./-]*$/.test(value) &&
    !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}
