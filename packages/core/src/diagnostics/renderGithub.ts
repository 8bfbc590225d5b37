import { compareDiagnostics } from './compareDiagnostics.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * The diagnostics as workflow commands of GitHub Actions, a line each, which GitHub shows at their places in a pull
 * request. `displayFile` gives the path from the root of the repository. Empty without diagnostics.
 */
export function renderGithub(
  diagnostics: readonly Diagnostic[],
  displayFile: (file: string) => string,
): string {
  return [...diagnostics]
    .sort(compareDiagnostics)
    .map((diagnostic) => `${line(diagnostic, displayFile)}\n`)
    .join('');
}

function line(diagnostic: Diagnostic, displayFile: (file: string) => string): string {
  const { severity, code, message, hint } = diagnostic;
  const properties = [...placeOf(diagnostic, displayFile), ['title', code] as const]
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(',');
  const text = hint === undefined ? message : `${message}\nhint: ${hint}`;
  return `::${commands[severity]} ${properties}::${escapeData(text)}`;
}

/** Columns are allowed only where the first line is the last. */
function placeOf(
  { file, range }: Diagnostic,
  displayFile: (file: string) => string,
): (readonly [string, string | number])[] {
  if (file === undefined) return [];
  const name = ['file', displayFile(file)] as const;
  if (range === undefined) return [name];
  const { start, end } = range;
  const lines = [name, ['line', start.line] as const, ['endLine', end.line] as const];
  if (start.line !== end.line) return lines;
  return [...lines, ['col', start.column] as const, ['endColumn', end.column] as const];
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
