import type { DiagnosticCode } from '../diagnostics/codes.ts';
import { diagnosticCodes } from '../diagnostics/codes.ts';
import type { Diagnostic, Fix, Range, RelatedPlace } from '../diagnostics/diagnostic.ts';
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
  readonly related?: readonly { readonly message: string; readonly place?: Place }[];
  readonly fixes?: readonly ProposedFix[];
}

export interface ProposedFix {
  readonly kind: Fix['kind'];
  readonly title: string;
  readonly replace: Place;
  /** The new text of the key or the value, quoted for the format of its file where that is needed. */
  readonly by: unknown;
}

/** Collects findings in the order in which they are met; `load` sorts them. */
export interface Findings {
  add(finding: Finding): void;
}

/** The diagnostic of a finding, its places looked up in `documents` (by file name). */
export function toDiagnostic(finding: Finding, documents: ReadonlyMap<string, ParsedDocument>): Diagnostic {
  const { code, message, place, job, hint, related, fixes } = finding;
  const range = place && rangeOf(place, documents);
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
  const { file, path, part } = fix.replace;
  const range = documents.get(file)?.locate(path, part ?? 'value');
  if (range === undefined) return undefined;
  const newText =
    typeof fix.by === 'string' && documents.get(file)?.format === 'yaml'
      ? yamlText(fix.by)
      : JSON.stringify(fix.by);
  return {
    kind: fix.kind,
    title: fix.title,
    edits: [{ file, start: range.start.offset, end: range.end.offset, newText }],
  };
}

/** A plain scalar where YAML reads it back as the same text, else a quoted one. */
function yamlText(text: string): string {
  const isPlain = /^[A-Za-z_][\w./-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
