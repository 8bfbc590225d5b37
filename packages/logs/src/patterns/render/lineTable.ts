import { csvField } from '../../exports/csvField.ts';
import type { MiningResult } from '../minePatterns.ts';

/**
 * The pattern of each line as CSV (RFC 4180), in pieces of text for `write`: the number of the line, the number of its
 * pattern and the template, and the file when there are several.
 */
export async function writeLineTable(
  { patterns, assign }: Pick<MiningResult, 'patterns' | 'assign'>,
  { withFile, write }: { readonly withFile: boolean; write(text: string): Promise<void> },
): Promise<void> {
  const templates = patterns.map(({ template }) => csvField(template));
  let rows = `line,pattern,template${withFile ? ',file' : ''}\n`;
  const flush = async (): Promise<void> => {
    const full = rows;
    rows = '';
    if (full !== '') await write(full);
  };
  await assign((pattern, line, { file }) => {
    rows += `${line},${pattern},${templates[pattern - 1]!}${withFile ? `,${csvField(file)}` : ''}\n`;
  }, flush);
  await flush();
}
