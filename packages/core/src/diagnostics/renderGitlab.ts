import { compareDiagnostics } from './compareDiagnostics.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';
import { fingerprints } from './fingerprint.ts';

const severities: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' };

/**
 * The diagnostics as a Code Quality report of GitLab: what its merge requests compare and show. `displayFile` gives the
 * path from the root of the repository. A diagnostic of no file is left out, since a report cannot hold it.
 */
export function renderGitlab(
  diagnostics: readonly Diagnostic[],
  displayFile: (file: string) => string,
): string {
  const sorted = [...diagnostics].sort(compareDiagnostics).filter(({ file }) => file !== undefined);
  const prints = fingerprints(sorted, displayFile);
  const report = sorted.map((diagnostic, index) => ({
    type: 'issue',
    description: describe(diagnostic),
    check_name: diagnostic.code,
    fingerprint: prints[index],
    severity: severities[diagnostic.severity],
    categories: ['Bug Risk'],
    location: {
      path: displayFile(diagnostic.file!),
      lines: { begin: diagnostic.range?.start.line ?? 1, end: diagnostic.range?.end.line ?? 1 },
    },
  }));
  return `${JSON.stringify(report, null, 2)}\n`;
}

function describe({ message, hint }: Diagnostic): string {
  return hint === undefined ? message : `${message} (${hint})`;
}
