import type { Diagnostic, Severity } from './diagnostic.ts';

export type SeverityCounts = Readonly<Record<Severity, number>>;

export function countSeverities(diagnostics: Iterable<Pick<Diagnostic, 'severity'>>): SeverityCounts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) counts[severity] += 1;
  return counts;
}

/** `2 errors, 1 warning`; `no problems` when there is nothing to count. */
export function describeCounts(counts: SeverityCounts): string {
  const parts = [
    counted(counts.error, 'error'),
    counted(counts.warning, 'warning'),
    counted(counts.info, 'info'),
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'no problems' : parts.join(', ');
}

export interface ExitCodeOptions {
  /** Warnings count as errors. */
  readonly warningsAreErrors?: boolean;
  /** The exit code when there are errors: 1 for `validate`, whose findings are its answer; 2 for every other command. */
  readonly onErrors?: 1 | 2;
}

/** The exit code that `diagnostics` call for: 0 without errors, else `onErrors` (1 unless given). */
export function exitCodeForDiagnostics(
  diagnostics: Iterable<Pick<Diagnostic, 'severity'>>,
  options: ExitCodeOptions = {},
): 0 | 1 | 2 {
  const counts = countSeverities(diagnostics);
  const errors = counts.error + (options.warningsAreErrors ? counts.warning : 0);
  return errors === 0 ? 0 : (options.onErrors ?? 1);
}

function counted(count: number, word: string): string {
  if (count === 0) return '';
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
