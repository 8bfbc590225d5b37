import { homedir } from 'node:os';
import { relative } from 'node:path';
import {
  type CommandContext,
  type Diagnostic,
  load,
  nodeHost,
  readInput,
  renderPretty,
  type ValidLoad,
} from '@executioner/core';

const shownWarnings = 5;

/**
 * Loads a configuration; `-` is standard input. What is wrong with it is shown on standard error, and the result is
 * undefined; mere warnings are shown a line each.
 */
export async function loadWorkflow(file: string, context: CommandContext): Promise<ValidLoad | undefined> {
  const { io, quiet } = context;
  const host = nodeHost(io.cwd, io.env.HOME ?? homedir());
  const source = file === '-' ? { file, text: await readInput(file, io) } : file;
  const result = load(source, host);
  if (result.state === 'valid') {
    if (!quiet) io.stderr.write(shortWarnings(result.diagnostics, context));
    return result;
  }
  const sources = new Map([...result.documents].map(([name, document]) => [name, document.text]));
  io.stderr.write(
    renderPretty(result.diagnostics, {
      sources,
      color: context.messageColors.isColorSupported,
      width: context.columns,
      displayFile: (name) => displayName(name, io.cwd),
    }),
  );
  return undefined;
}

function shortWarnings(
  diagnostics: readonly Diagnostic[],
  { io, messageColors, verbose }: CommandContext,
): string {
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning' || verbose);
  const lines = warnings
    .slice(0, verbose ? warnings.length : shownWarnings)
    .map(({ severity, code, message, file, range }) => {
      const place =
        file === undefined
          ? ''
          : `${displayName(file, io.cwd)}${range === undefined ? '' : `:${range.start.line}:${range.start.column}`} `;
      return `${place}${messageColors.yellow(severity)} ${code}: ${message}\n`;
    });
  const rest = warnings.length - lines.length;
  return `${lines.join('')}${rest > 0 ? `… and ${rest} more warnings (--verbose shows them)\n` : ''}`;
}

function displayName(file: string, cwd: string): string {
  if (file === '-') return '<stdin>';
  const near = relative(cwd, file);
  return near === '' || near.startsWith('..') ? file : near;
}
