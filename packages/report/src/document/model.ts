import type { TimelineOptions } from '../html/index.ts';
import type { TextColumn, Tone } from '../look/index.ts';

/** A report that is text, lists and tables: written once, shown in a terminal, as Markdown and as a page. */
export interface ReportDocument {
  readonly title: string;
  /** What it all comes to, beside the title. */
  readonly verdict?: { readonly text: string; readonly tone: Tone };
  readonly facts: readonly (readonly [term: string, value: string])[];
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly tone?: Tone }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  /** Steps in their order. */
  | { readonly kind: 'steps'; readonly items: readonly Item[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly TextColumn[];
      readonly rows: readonly (readonly string[])[];
      /** Of the last cell of each row. */
      readonly tones?: readonly (Tone | undefined)[];
    }
  /** A picture for pages; what it shows must stand in the text as well. */
  | ({ readonly kind: 'timeline' } & TimelineOptions)
  /** Lines as they were printed by a program. */
  | { readonly kind: 'output'; readonly lines: readonly OutputLine[] };

export interface Item {
  readonly text: string;
  readonly tone?: Tone;
  /** A command to type. */
  readonly command?: string;
}

export interface OutputLine {
  readonly text: string;
  readonly tone?: Tone;
}
