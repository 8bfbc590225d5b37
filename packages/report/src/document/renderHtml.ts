import { visibleText } from '../format/index.ts';
import { type Html, html, htmlPage, timelineSvg } from '../html/index.ts';
import type { Tone } from '../look/index.ts';
import type { Block, Item, ReportDocument } from './model.ts';

/** A document as one HTML page that needs no network, no script and no other file. `footer` says what made it. */
export function documentHtml(document: ReportDocument, { footer }: { readonly footer: string }): string {
  const { title, verdict, facts, sections } = document;
  const badge = verdict && html` <span class="badge ${verdict.tone}">${verdict.text}</span>`;
  const body = html`<header>
<h1>${title}${badge}</h1>
<dl class="facts">${facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${visibleText(value)}</dd></div>`)}</dl>
</header>
${sections.map(
  ({ title: name, blocks }) => html`<section>
<h2>${visibleText(name)}</h2>
${blocks.map((each, index) => block(each, blocks.length > 1 ? `${name}, part ${index + 1}` : name))}</section>
`,
)}`;
  return htmlPage({ title: verdict === undefined ? title : `${title}: ${verdict.text}`, body, footer });
}

/** `name` tells it from others of its kind on the page. */
function block(each: Block, name: string): Html {
  switch (each.kind) {
    case 'text':
      return html`<p>${toned(each.text, each.tone)}</p>
`;
    case 'list':
      return html`<ul>${each.items.map(item)}</ul>
`;
    case 'steps':
      return html`<ol class="steps">${each.items.map(item)}</ol>
`;
    case 'table':
      return table(each, name);
    case 'timeline':
      return timelineSvg(each);
    case 'output':
      return html`<pre class="output" tabindex="0">${each.lines.map(({ text, tone }) => html`${toned(text, tone)}\n`)}</pre>
`;
  }
}

function item({ text, tone, command }: Item): Html {
  const typed =
    command === undefined
      ? undefined
      : html`<pre class="command" tabindex="0"><code>${visibleText(command)}</code></pre>`;
  return html`<li>${toned(text, tone)}${typed}</li>
`;
}

function toned(text: string, tone: Tone | undefined): Html {
  const shown = visibleText(text);
  return tone === undefined ? html`${shown}` : html`<span class="${tone}">${shown}</span>`;
}

function table({ columns, rows, tones = [] }: Extract<Block, { kind: 'table' }>, name: string): Html {
  // One column takes the room that is left: of several that may the last, which holds sentences.
  const wide = columns.findLastIndex(({ elastic }) => elastic === true);
  const classes = columns.map(({ align, elastic }, index) =>
    align === 'right'
      ? html` class="number"`
      : elastic === true
        ? html` class="${index === wide ? 'wide' : 'wraps'}"`
        : undefined,
  );
  const last = columns.length - 1;
  const cell = (text: string, row: number, column: number): Html =>
    html`<td${classes[column]}>${toned(text, column === last ? tones[row] : undefined)}</td>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table: ${visibleText(name)}">
<table class="${wide < 0 ? 'fitted compact' : 'fitted'}">
<thead><tr>${columns.map(({ title }, index) => html`<th scope="col"${classes[index]}>${title}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (cells, row) => html`<tr>${cells.map((text, column) => cell(text, row, column))}</tr>
`,
)}</tbody>
</table>
</div>
`;
}
