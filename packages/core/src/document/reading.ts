import type { Problem } from './problem.ts';
import type { SyntaxNode } from './syntaxTree.ts';

/** What a reader of one format makes of a text: a value with the way to its positions, or only problems. */
export type Reading =
  | { readonly value: unknown; readonly problems: readonly Problem[]; tree(): SyntaxNode }
  | { readonly value?: never; readonly problems: readonly Problem[]; readonly tree?: never };
