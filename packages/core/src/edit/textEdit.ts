import type { TextEdit } from '../diagnostics/diagnostic.ts';

/** The edits that change a document as asked, or why there are none. */
export type EditResult =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  | { readonly ok: false; readonly reason: string };

/** Replaces the half-open part [start, end) of one text. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * The text with all edits made. They may come in any order and must not overlap; insertions at one place are made in
 * the order given. Throws when edits overlap or lie outside the text.
 */
export function applyEdits(text: string, edits: readonly Splice[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < done || edit.end < edit.start || edit.end > text.length) {
      throw new Error(
        `Internal error: the edit [${edit.start}, ${edit.end}) overlaps another or the end of the text`,
      );
    }
    parts.push(text.slice(done, edit.start), edit.newText);
    done = edit.end;
  }
  parts.push(text.slice(done));
  return parts.join('');
}
