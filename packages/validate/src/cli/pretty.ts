import {
  countSeverities,
  type Diagnostic,
  describeCounts,
  type Fix,
  formatCount,
  renderPretty,
} from '@executioner/core';
import { hasFixer, hasSuggester } from '../fix/fixers.ts';
import type { Validation } from '../validate.ts';

export interface PrettyReportOptions {
  readonly color: boolean;
  readonly columns: number;
  /** All infos and related places, not only the first few. */
  readonly isVerbose: boolean;
  readonly displayFile: (file: string) => string;
  readonly secretNames: readonly string[];
}

/** Of one code in one file at most so many infos are shown: what is merely said must not hide what is wrong. */
const shownInfos = 3;

/** The findings of all files for a person, the secrets in them hidden, and one line of counts. */
export function prettyReport(validations: readonly Validation[], options: PrettyReportOptions): string {
  const { color, columns, displayFile, secretNames, isVerbose } = options;
  const all = validations.flatMap(({ diagnostics }) => diagnostics);
  const { shown, left } = isVerbose ? { shown: all, left: new Map<string, number>() } : withoutManyInfos(all);
  const blocks = renderPretty(shown, {
    sources: hideSecrets(validations),
    color,
    displayFile,
    secretNames,
    summary: false,
    width: columns,
    ...(isVerbose && { relatedLimit: Number.POSITIVE_INFINITY }),
  });
  const more = [...left].map(
    ([code, count]) => `… and ${formatCount(count)} more ${code} (--verbose shows them)\n`,
  );
  const parts = [blocks, more.join(''), `${summary(all, validations.length)}\n`];
  return parts.filter((part) => part !== '').join('\n');
}

function withoutManyInfos(all: readonly Diagnostic[]): { shown: Diagnostic[]; left: Map<string, number> } {
  const counts = new Map<string, number>();
  const left = new Map<string, number>();
  const shown = all.filter(({ severity, code, file }) => {
    if (severity !== 'info') return true;
    const key = `${code} ${file}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > shownInfos) left.set(code, (left.get(code) ?? 0) + 1);
    return count <= shownInfos;
  });
  return { shown, left };
}

function summary(all: readonly Diagnostic[], files: number): string {
  const counts = describeCounts(countSeverities(all));
  const where = files === 1 ? '' : ` in ${files} workflows`;
  const has = ({ fixes = [] }: Diagnostic, kind: Fix['kind']) => fixes.some((fix) => fix.kind === kind);
  const isFixable = (diagnostic: Diagnostic) => has(diagnostic, 'fix') || hasFixer(diagnostic.code);
  const fixable = all.filter(isFixable);
  const suggested = all.filter(
    (diagnostic) =>
      !isFixable(diagnostic) && (has(diagnostic, 'suggestion') || hasSuggester(diagnostic.code)),
  );
  const hints = [
    ...(fixable.length > 0 ? [`${fixable.length} can be mended with --fix`] : []),
    ...(suggested.length > 0 ? [`${suggested.length} with --fix --unsafe`] : []),
  ];
  return `${counts}${where}${hints.length === 0 ? '' : ` (${hints.join(', ')})`}`;
}

/** The texts with every secret that was found written as asterisks, so that places stay where they are. */
function hideSecrets(validations: readonly Validation[]): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const { texts, secrets } of validations) {
    for (const [file, text] of texts) {
      const hidden = secrets
        .filter((secret) => secret.file === file)
        .reduce((result, { start, end }) => mask(result, start, end), sources.get(file) ?? text);
      sources.set(file, hidden);
    }
  }
  return sources;
}

function mask(text: string, start: number, end: number): string {
  return `${text.slice(0, start)}${text.slice(start, end).replace(/[^\s"']/g, '*')}${text.slice(end)}`;
}
