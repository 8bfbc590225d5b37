import { relative } from 'node:path';
import { type CommandContext, type Diagnostic, exitCodes, renderPretty } from '@executioner/core';

/** What is found wrong with files, each once however often it is read. */
export interface FindingCollector {
  readonly findings: readonly Diagnostic[];
  add(finding: Diagnostic): void;
}

/** Nothing found yet. */
export function findingCollector(): FindingCollector {
  const known = new Map<string, Diagnostic>();
  return {
    get findings() {
      return [...known.values()];
    },
    add(finding) {
      known.set(`${finding.code} ${finding.file}`, finding);
    },
  };
}

/** 2 when a file could not be read, or not to its end, whatever else was asked; else what the result asks for. */
export function exitCodeOf(
  { findings }: { readonly findings: readonly Diagnostic[] },
  otherwise: number = exitCodes.done,
): number {
  return findings.some(({ severity }) => severity === 'error') ? exitCodes.usage : otherwise;
}

const findingsShown = 10;

/** Says on standard error what was found wrong with files. */
export function showFindings(findings: readonly Diagnostic[], context: CommandContext): void {
  const { io, messageColors, quiet, verbose } = context;
  const shown = findings.filter(({ severity }) =>
    severity === 'error' ? true : severity === 'warning' ? !quiet : verbose,
  );
  const displayFile = (file: string) => (file === '-' ? 'standard input' : nearer(file, io.cwd));
  io.stderr.write(
    renderPretty(shown, {
      color: messageColors.isColorSupported,
      displayFile,
      summary: false,
      ...(verbose ? {} : { limit: findingsShown }),
    }),
  );
}

/** A path as it is shown: relative to the current folder if inside. */
export function nearer(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return file.startsWith('/') && !path.startsWith('..') ? path : file;
}
