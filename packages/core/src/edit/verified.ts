import { type ParsedDocument, parseDocument } from '../document/index.ts';
import type { BlockStyle } from './blockEdit.ts';
import { isSameData } from './dataEdit.ts';
import { applyEdits, type EditResult, type Splice } from './textEdit.ts';

/** The ways to write into block YAML, the nicest first. */
export const blockStyles: readonly BlockStyle[] = [
  { avoidsBlockScalars: false, includesBlankLines: false, alignsComments: false },
  { avoidsBlockScalars: false, includesBlankLines: true, alignsComments: false },
  { avoidsBlockScalars: true, includesBlankLines: false, alignsComments: false },
  { avoidsBlockScalars: true, includesBlankLines: true, alignsComments: false },
  { avoidsBlockScalars: false, includesBlankLines: true, alignsComments: true },
];

/**
 * The first of the proposals after which the text says exactly the intended data. Proposals are made one after the
 * other, each costs one reading of the text.
 */
export function verified(
  document: ParsedDocument,
  intended: unknown,
  proposals: readonly (() => readonly Splice[])[],
): EditResult {
  const { file, text, format } = document;
  for (const propose of proposals) {
    const edits = propose().filter((edit) => edit.start !== edit.end || edit.newText !== '');
    const result = parseDocument({ file, text: applyEdits(text, edits), format });
    if (result.document !== undefined && isSameData(result.document.value, intended)) {
      return { ok: true, edits: edits.map((edit) => ({ file, ...edit })) };
    }
  }
  return {
    ok: false,
    reason:
      'this cannot be changed without rewriting other parts of the file (an anchor, alias, merge or tag is involved)',
  };
}
