import { escapeMarkdown, visibleText } from '../format/index.ts';
import type { Block, Item, ReportDocument } from './model.ts';

/** A document as Markdown with GitHub's tables; no text in it can turn into markup. */
export function documentMarkdown({ title, verdict, facts, sections }: ReportDocument): string {
  const head = verdict === undefined ? title : `${title}: ${verdict.text}`;
  return `${[
    `# ${safe(head)}`,
    ...(facts.length === 0 ? [] : ['']),
    ...facts.map(([term, value]) => `- ${term}: ${safe(value)}`),
    ...sections.flatMap(({ title: name, blocks }) => [
      '',
      `## ${safe(name)}`,
      ...blocks.map(block).flatMap((lines) => (lines.length === 0 ? [] : ['', ...lines])),
    ]),
  ].join('\n')}\n`;
}

function block(each: Block): string[] {
  switch (each.kind) {
    case 'text':
      return [safe(each.text)];
    case 'list':
      return each.items.flatMap((entry) => item(entry, '-'));
    case 'steps':
      return each.items.flatMap((entry, index) => item(entry, `${index + 1}.`));
    case 'table':
      return [
        row(each.columns.map(({ title }) => title)),
        row(each.columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
        ...each.rows.map((cells) => row(cells.map(safe))),
      ];
    case 'timeline':
      return [];
    case 'output':
      return fenced(each.lines.map(({ text }) => visibleText(text)));
  }
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function item({ text, command }: Item, mark: string): string[] {
  const lines = [`${mark} ${safe(text)}`];
  if (command === undefined) return lines;
  const indent = ' '.repeat(mark.length + 1);
  return [...lines, '', ...fenced([visibleText(command)], 'sh').map((line) => `${indent}${line}`), ''];
}

/** A fence longer than any that stands in the lines. */
function fenced(lines: readonly string[], language = ''): string[] {
  const longest = Math.max(2, ...lines.map((line) => /^\s*(`*)/.exec(line)![1]!.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence];
}

function safe(text: string): string {
  return escapeMarkdown(visibleText(text));
}
