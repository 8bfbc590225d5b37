import type { CST } from 'yaml';
import type { Span } from '../syntaxTree.ts';

/**
 * The first collection that is nested more than `maximumDepth` levels deep, without recursion: what composes the
 * tokens into nodes recurses, and must not be given deeper ones.
 */
export function deepestToken(tokens: readonly CST.Token[], maximumDepth: number): Span | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = [];
  for (const token of tokens)
    if (token.type === 'document' && token.value) open.push({ token: token.value, depth: 1 });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (!('items' in token)) continue;
    if (depth > maximumDepth) return { start: token.offset, end: token.offset + 1 };
    for (const item of token.items) {
      if (item.key) open.push({ token: item.key, depth: depth + 1 });
      if (item.value) open.push({ token: item.value, depth: depth + 1 });
    }
  }
  return undefined;
}
