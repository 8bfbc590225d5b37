import { countOf } from '../format/index.ts';
import { type Html, html } from './escape.ts';

export interface LongTableOptions {
  readonly title: string;
  readonly caption: string;
  /** What a row is: `job`. */
  readonly noun: string;
  /** The row of titles. */
  readonly head: Html;
  readonly rows: readonly Html[];
  /** Those that are seen only when they are asked for. */
  readonly more: readonly Html[];
}

/** A section with a table that scrolls sideways where it must, and opens to its whole length when that is asked for. */
export function longTable({ title, caption, noun, head, rows, more }: LongTableOptions): Html {
  return html`<section><h2>${title}</h2>
${table(
  `Table of ${noun}s`,
  html`<caption>${caption}</caption>
`,
  head,
  rows,
)}
${
  more.length === 0
    ? undefined
    : html`<details><summary>${countOf(more.length, `more ${noun}`)}</summary>
${table(`Table of more ${noun}s`, undefined, head, more)}
</details>`
}</section>`;
}

function table(label: string, caption: Html | undefined, head: Html, rows: readonly Html[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table>
${caption}<thead>${head}</thead>
<tbody>${rows}</tbody></table></div>`;
}
