import { applyEdits, type Diagnostic, type Fix, parseDocument, type TextEdit } from '@executioner/core';

/** How wide a tab may have been on the screen of whoever wrote the file; what the file itself suggests comes first. */
const tabWidths = [2, 4, 8, 3, 1];

/**
 * A syntax error on a line that is indented by tabs, which YAML forbids, with the fix that puts spaces in their place; any
 * other finding as it is. There is a fix only if the file can be read then, and says the same however wide a tab is taken
 * to be, as far as it can be read.
 */
export function withTabFix(diagnostic: Diagnostic, texts: ReadonlyMap<string, string>): Diagnostic {
  const { code, file, range } = diagnostic;
  const text = texts.get(file ?? '');
  if (!/^E1/.test(code) || file === undefined || range === undefined || text === undefined) return diagnostic;
  const lineStart = range.start.offset - (range.start.column - 1);
  const isTab = /^ *\t/.test(text.slice(lineStart, lineStart + 1000));
  const edits = isTab ? spacesForTabs(file, text) : undefined;
  if (edits === undefined) return diagnostic;
  const fix: Fix = { kind: 'fix', title: 'indent by spaces', edits };
  return { ...diagnostic, fixes: [...(diagnostic.fixes ?? []), fix] };
}

/** A here-document that takes tabs off its lines reads differently with spaces. */
const heedsTabs = /<<-/;

function spacesForTabs(file: string, text: string): TextEdit[] | undefined {
  if (heedsTabs.test(text)) return undefined;
  // Behind spaces a tab may be part of a text; there it is only replaced when nothing else helps.
  for (const leading of [/^\t[ \t]*(?:-[ \t]+)*/gm, /^ *\t[ \t]*(?:-[ \t]+)*/gm]) {
    const readings = new Map<string, TextEdit[]>();
    for (const width of [unitOf(text), ...tabWidths]) {
      const edits = [...text.matchAll(leading)].map(({ index, 0: written }) => ({
        file,
        start: index,
        end: index + written.length,
        newText: bySpaces(written, width),
      }));
      const reading = contentOf(file, applyEdits(text, edits));
      if (reading !== undefined && !readings.has(reading)) readings.set(reading, edits);
    }
    if (readings.size > 0) return readings.size === 1 ? [...readings.values()][0] : undefined;
  }
  return undefined;
}

/** Behind a dash one space will do. */
function bySpaces(leading: string, width: number): string {
  return leading.replace(/-[ \t]*\t[ \t]*/g, '- ').replaceAll('\t', ' '.repeat(width));
}

/** What a text says, as JSON; undefined when it cannot be read. */
function contentOf(file: string, text: string): string | undefined {
  const { document } = parseDocument({ file, text });
  return document && JSON.stringify(document.value);
}

/** The narrowest indentation by spaces alone. */
function unitOf(text: string): number {
  const widths = [...text.matchAll(/^( +)[^ \t\r\n#]/gm)].map(([, blanks]) => blanks!.length);
  return widths.length === 0 ? 2 : Math.min(...widths.slice(0, 10_000));
}
