import { relative } from 'node:path';
import { type CommandContext, type Diagnostic, renderPretty } from '@executioner/core';

const shownWarnings = 5;

/** Shows errors whole, with the places in `sources` (texts by file name), on standard error. */
export function showErrors(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  { io, messageColors, columns }: CommandContext,
): void {
  const displayFile = (file: string) => displayName(file, io.cwd);
  const color = messageColors.isColorSupported;
  io.stderr.write(renderPretty(diagnostics, { sources, color, width: columns, displayFile }));
}

/** Shows warnings a line each on standard error: the first few, and all with `--verbose`, infos too. */
export function showWarnings(diagnostics: readonly Diagnostic[], context: CommandContext): void {
  const { io, verbose, quiet } = context;
  if (quiet) return;
  const shown = diagnostics.filter(({ severity }) => severity === 'warning' || verbose);
  const lines = shown
    .slice(0, verbose ? shown.length : shownWarnings)
    .map((one) => `${oneLine(one, context)}\n`);
  const rest = shown.length - lines.length;
  io.stderr.write(
    `${lines.join('')}${rest > 0 ? `… and ${rest} more warnings (--verbose shows them)\n` : ''}`,
  );
}

function oneLine(
  { severity, code, message, file, range }: Diagnostic,
  { io, messageColors }: CommandContext,
): string {
  const position = range === undefined ? '' : `:${range.start.line}:${range.start.column}`;
  const place = file === undefined ? '' : `${displayName(file, io.cwd)}${position} `;
  return `${place}${messageColors.yellow(severity)} ${code}: ${message}`;
}

function displayName(file: string, cwd: string): string {
  if (file === '-') return '<stdin>';
  if (!file.startsWith('/')) return file;
  const near = relative(cwd, file);
  return near === '' || near.startsWith('..') ? file : near;
}
