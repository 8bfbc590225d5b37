import { stringify } from 'yaml';
import type { Layout } from './layout.ts';

/** JSON over several lines; lines after the first are indented by `indentation` and more. */
export function renderJson(value: unknown, layout: Layout, indentation: string): string {
  return JSON.stringify(value, null, layout.unit).replaceAll('\n', layout.newline + indentation);
}

/** JSON on one line, with a blank behind commas and colons. */
export function renderJsonInline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(renderJsonInline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}: ${renderJsonInline(item)}`,
  );
  return `{${entries.join(', ')}}`;
}

export interface BlockRendering {
  /** Where lines after the first begin. */
  readonly column: number;
  /** Write strings of several lines in double quotes rather than as block scalars. */
  readonly avoidsBlockScalars: boolean;
}

/** YAML in block style without a final line break. */
export function renderYamlBlock(value: unknown, layout: Layout, rendering: BlockRendering): string {
  const written = stringify(value, {
    version: '1.2',
    schema: 'core',
    lineWidth: 0,
    indent: Math.max(1, Math.min(layout.unit.length, 8)),
    indentSeq: layout.indentsLists,
    aliasDuplicateObjects: false,
    singleQuote: layout.prefersSingleQuotes ? true : null,
    blockQuote: !rendering.avoidsBlockScalars,
  });
  const body = written.endsWith('\n') ? written.slice(0, -1) : written;
  return body
    .replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(rendering.column)}`)
    .replaceAll('\n', layout.newline);
}

/** YAML on one line: lists and maps in brackets. */
export function renderYamlInline(value: unknown): string {
  return typeof value === 'object' && value !== null ? renderYamlFlow(value) : renderPlainest(value);
}

function renderYamlFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(renderYamlFlow).join(', ')}]`;
  // Between brackets a scalar needs quotes more often: it is written there, and taken out.
  if (typeof value !== 'object' || value === null) return renderPlainest([value]).slice(1, -1).trim();
  const entries = Object.entries(value).map(
    ([key, item]) => `${renderYamlKey(key)}: ${renderYamlFlow(item)}`,
  );
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function renderYamlKey(key: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(key) ? key : JSON.stringify(key);
}

function renderPlainest(value: unknown): string {
  const [text] = Array.isArray(value) ? value : [value];
  if (typeof text === 'string' && /[^\x20-\x7e\u00a0-\ud7ff]/.test(text)) return JSON.stringify(value);
  return stringify(value, {
    version: '1.2',
    schema: 'core',
    lineWidth: 0,
    collectionStyle: 'flow',
  }).trimEnd();
}

/** A scalar of YAML on one line, quoted as the one it replaces where that is possible. */
export function renderYamlScalar(value: unknown, oldStyle: 'single' | 'double' | undefined): string {
  if (typeof value !== 'string' || oldStyle === undefined) return renderYamlInline(value);
  if (oldStyle === 'double') return JSON.stringify(value);
  // Single quotes know no escapes: only printable text on one line can stand in them.
  return /^[\x20-\x7e\u00a0-\ud7ff]*$/.test(value)
    ? `'${value.replaceAll("'", "''")}'`
    : JSON.stringify(value);
}
