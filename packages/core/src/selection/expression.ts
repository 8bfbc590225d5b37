import { outcomeNames } from '../outcomes/index.ts';

/** A part of the text of a selection: half-open, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** How many steps of dependencies are followed. */
export type Depth = number | 'all';

/** A `text` is compared as the field says, a `glob` with the whole, a `regex` finds its match anywhere. */
export type TextPattern =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'glob'; readonly glob: string }
  | { readonly kind: 'regex'; readonly source: string; readonly ignoreCase: boolean };

/** What may stand before a colon. */
export const fields = ['tag', 'command', 'description', 'status'] as const;
export type MatchField = 'id' | Exclude<(typeof fields)[number], 'status'>;

/** A parsed selection. Plain data; every part knows its place in the text it came from. */
export type SelectionExpression = SelectionTerm | SelectionOperation;

/** What picks jobs by themselves. */
export type SelectionTerm =
  | { readonly kind: 'id'; readonly id: string; readonly range: TextRange }
  | {
      readonly kind: 'match';
      readonly field: MatchField;
      readonly pattern: TextPattern;
      readonly range: TextRange;
    }
  | { readonly kind: 'status'; readonly status: SelectableStatus; readonly range: TextRange };

/** What makes one selection of others. */
export type SelectionOperation =
  /** The jobs of `of` with what they depend on (`+a`) and what depends on them (`a+`), so many steps far. */
  | {
      readonly kind: 'reach';
      readonly dependencies: Depth;
      readonly dependents: Depth;
      readonly of: SelectionExpression;
      readonly range: TextRange;
    }
  /** `@a`: the jobs of `of`, all that depend on them, and all that those depend on. */
  | { readonly kind: 'closure'; readonly of: SelectionExpression; readonly range: TextRange }
  | { readonly kind: 'not'; readonly of: SelectionExpression; readonly range: TextRange }
  | { readonly kind: 'and' | 'or'; readonly of: readonly SelectionExpression[]; readonly range: TextRange };

/** What `status:` may ask for: an outcome, `failure` for any outcome that a `when: failure` dependency waits for, or none yet. */
export type SelectableStatus = (typeof selectableStatuses)[number];

export const selectableStatuses = [...outcomeNames, 'failure', 'running', 'waiting', 'not_run'] as const;
