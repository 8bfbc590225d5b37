import {
  type Diagnostic,
  type Fix,
  type ParsedDocument,
  removeValue,
  type SyntaxNode,
  type TextEdit,
} from '@executioner/core';
import { pathAt } from './pathAt.ts';

/** Makes the fix of a finding of core that brings none itself; undefined where it cannot be mended safely. */
type Fixer = (diagnostic: Diagnostic, document: ParsedDocument) => Fix | undefined;

const fixers: Readonly<Record<string, Fixer>> = {
  W101: removeEarlierKey,
  W202: removeOldName,
  W204: (diagnostic, document) => removal(diagnostic, document, 'remove the key'),
  W301: (diagnostic, document) => removal(diagnostic, document, 'remove the repetition'),
};

/** What usually mends a finding, and may change what a run does. */
const suggesters: Readonly<Record<string, Fixer>> = {
  I307: (diagnostic, document) => removal(diagnostic, document, 'remove the dependency'),
  I508: (diagnostic, document) => removal(diagnostic, document, 'remove the variable'),
  I704: (diagnostic, document) => removal(diagnostic, document, 'remove the setting'),
  W708: (diagnostic, document) => removal(diagnostic, document, 'remove the 0'),
};

/** Whether findings of the code are usually mended by `fixOf`, also when they bring no fix themselves. */
export function hasFixer(code: string): boolean {
  return code === 'W106' || (Object.hasOwn(fixers, code) && code !== 'W202');
}

/** A change that may mend a finding and may change what a run does, for those who ask for such: its own, else one made here. */
export function suggestionFor(
  diagnostic: Diagnostic,
  documents: ReadonlyMap<string, ParsedDocument>,
): Fix | undefined {
  const own = diagnostic.fixes?.find(({ kind }) => kind === 'suggestion');
  if (own !== undefined) return own;
  const suggester = Object.hasOwn(suggesters, diagnostic.code) ? suggesters[diagnostic.code] : undefined;
  const document = documents.get(diagnostic.file ?? '');
  const made = document && suggester?.(diagnostic, document);
  return made && { ...made, kind: 'suggestion' };
}

/** Whether findings of the code are usually mended by `suggestionFor`. */
export function hasSuggester(code: string): boolean {
  return Object.hasOwn(suggesters, code);
}

/**
 * The fix of a finding: its own of the kind `fix`, else one that is made here. Costs one or two readings of the text.
 */
export function fixOf(
  diagnostic: Diagnostic,
  documents: ReadonlyMap<string, ParsedDocument>,
): Fix | undefined {
  const own = diagnostic.fixes?.find(({ kind }) => kind === 'fix');
  if (own !== undefined) return own;
  const fixer = Object.hasOwn(fixers, diagnostic.code) ? fixers[diagnostic.code] : undefined;
  const document = documents.get(diagnostic.file ?? '');
  return document && fixer?.(diagnostic, document);
}

function removal({ range }: Diagnostic, document: ParsedDocument, title: string): Fix | undefined {
  const path = range && pathAt(document.tree(), range);
  if (path === undefined || path.length === 0) return undefined;
  const result = removeValue(document, path);
  return result.ok && result.edits.length > 0 ? { kind: 'fix', title, edits: result.edits } : undefined;
}

/** `name` has no effect beside `application_name`. */
function removeOldName(diagnostic: Diagnostic, document: ParsedDocument): Fix | undefined {
  const value = document.value as Record<string, unknown>;
  const isName = diagnostic.range?.start.offset === document.locate(['name'], 'key')?.start.offset;
  if (!isName || !Object.hasOwn(value, 'application_name')) return undefined;
  const result = removeValue(document, ['name']);
  return result.ok ? { kind: 'fix', title: 'remove "name"', edits: result.edits } : undefined;
}

/** Of two entries of one key the last counts: the earlier ones go, with the comma behind them. */
function removeEarlierKey({ range }: Diagnostic, document: ParsedDocument): Fix | undefined {
  const edits: TextEdit[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.kind === 'list') for (const { value } of node.items) visit(value);
    if (node.kind !== 'map') return;
    node.entries.forEach((entry, index) => {
      visit(entry.value);
      const next = node.entries[index + 1];
      const again = node.entries.slice(index + 1).some(({ key }) => key === entry.key);
      if (next === undefined || !again || !isConcerned(node, range, entry.key)) return;
      // A comment in between may belong to what stays.
      if (!/^\s*,\s*$/.test(document.text.slice(entry.value.end, next.start))) return;
      edits.push({ file: document.file, start: entry.start, end: next.start, newText: '' });
    });
  };
  visit(document.tree());
  return edits.length === 0
    ? undefined
    : { kind: 'fix', title: 'remove the entry that does not count', edits };
}

/** Whether one of the entries of this key is where the finding is. */
function isConcerned(
  node: Extract<SyntaxNode, { kind: 'map' }>,
  range: Diagnostic['range'],
  key: string,
): boolean {
  return node.entries.some(
    (entry) =>
      entry.key === key &&
      range !== undefined &&
      entry.start <= range.start.offset &&
      range.start.offset < entry.value.end,
  );
}
