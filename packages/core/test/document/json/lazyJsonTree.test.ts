import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lazyJsonTree } from '../../../src/document/json/lazyJsonTree.ts';
import { parseJsonTree } from '../../../src/document/json/parseJsonTree.ts';
import type { SyntaxNode } from '../../../src/document/syntaxTree.ts';

/** A tree with all that is made on demand as plain data. */
function whole(node: SyntaxNode): unknown {
  const { kind, start, end } = node;
  if (node.kind === 'map') {
    const entries = node.entries.map((entry) => ({ ...entry, value: whole(entry.value) }));
    return { kind, start, end, flow: node.flow, entries };
  }
  if (node.kind === 'list') {
    const items = node.items.map((item) => ({ ...item, value: whole(item.value) }));
    return { kind, start, end, flow: node.flow, items };
  }
  return { ...node };
}

/** JSON as people and programs write it: with blanks of all kinds between its tokens. */
const json = fc
  .tuple(
    fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }),
    fc.constantFrom('', '  ', '\t'),
    fc.constantFrom('\n', '\r\n', ' \n\t'),
    fc.constantFrom('', '\ufeff', ' \n'),
  )
  .map(([value, indent, lineBreak, before]) => {
    const text = JSON.stringify(value, null, indent);
    // Strings of JSON hold no line breaks: each is one between tokens.
    return before + text.replaceAll('\n', lineBreak) + before.replace('\ufeff', '');
  });

describe('the tree of valid JSON that is made on demand', () => {
  test('is the one that the tolerant reader makes', () => {
    fc.assert(
      fc.property(json, (text) => {
        const { root, isComplete } = parseJsonTree(text, { maximumDepth: 100 });
        expect(isComplete).toBe(true);
        expect(whole(lazyJsonTree(text))).toEqual(whole(root));
      }),
      { numRuns: 1000 },
    );
  });

  test.each(['{"a\\"b\\\\": ["\\\\", "]}", {}], "b":[ ] }', '[1,-2.5e3 ,true]', '"x"', ' null '])(
    '%s',
    (text) => {
      expect(whole(lazyJsonTree(text))).toEqual(whole(parseJsonTree(text, { maximumDepth: 9 }).root));
    },
  );
});
