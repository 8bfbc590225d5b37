import type { Palette } from '@executioner/core';
import { visibleText } from '../format/index.ts';
import { paintTone, type Tone, textTable } from '../look/index.ts';
import type { Block, Item, ReportDocument } from './model.ts';

export interface DocumentTextOptions {
  readonly colors: Palette;
  /** Tables are made to fit; other lines are left whole. */
  readonly columns: number;
}

/** A document for the terminal. */
export function documentText(document: ReportDocument, { colors, columns }: DocumentTextOptions): string {
  const { title, verdict, facts, sections } = document;
  const paint = (tone: Tone | undefined, text: string): string =>
    tone === undefined ? text : paintTone(colors, tone, text);
  const item = ({ text, tone, command }: Item, mark: string): string[] => [
    `  ${mark} ${paint(tone, visibleText(text))}`,
    ...(command === undefined ? [] : [`${' '.repeat(mark.length + 3)}${colors.cyan(visibleText(command))}`]),
  ];
  const block = (each: Block): string[] => {
    switch (each.kind) {
      case 'text':
        return [paint(each.tone, visibleText(each.text))];
      case 'list':
        return each.items.flatMap((entry) => item(entry, '-'));
      case 'steps':
        return each.items.flatMap((entry, index) => item(entry, `${index + 1}.`));
      case 'table':
        return textTable(
          each.columns.map((column) => ({ ...column, title: column.title.toUpperCase() })),
          each.rows.map((row, index) =>
            paintedRow(row.map(visibleText), (text) => paint(each.tones?.[index], text)),
          ),
          { width: columns, paintTitle: colors.dim },
        );
      case 'timeline':
        return [];
      case 'output':
        return each.lines.map(({ text, tone }) => `  ${colors.dim('|')} ${paint(tone, visibleText(text))}`);
    }
  };
  const head = verdict === undefined ? title : `${title}: ${paint(verdict.tone, verdict.text)}`;
  return `${[
    colors.bold(head),
    ...(facts.length === 0
      ? []
      : [colors.dim(facts.map(([term, value]) => `${term} ${visibleText(value)}`).join(', '))]),
    ...sections.flatMap(({ title: name, blocks }) => ['', colors.bold(name), ...blocks.flatMap(block)]),
  ].join('\n')}\n`;
}

function paintedRow(cells: readonly string[], paint: (text: string) => string): string[] {
  return cells.map((cell, index) => (index === cells.length - 1 ? paint(cell) : cell));
}
