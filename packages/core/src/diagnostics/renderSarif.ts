import { compareDiagnostics } from './compareDiagnostics.ts';
import type { Diagnostic, Fix, Range, RelatedPlace, Severity } from './diagnostic.ts';
import { fingerprints } from './fingerprint.ts';
import type { RuleInfo } from './ruleInfo.ts';

export interface SarifOptions {
  readonly tool: { readonly name: string; readonly version: string; readonly informationUri?: string };
  /** What is known of the codes; those that are not reported are left out. */
  readonly rules: ReadonlyMap<string, RuleInfo>;
  /** The path of a file as the report names it: from the root of the repository. */
  readonly displayFile: (file: string) => string;
}

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** The words of code scanning for how grave a rule is. */
const problemSeverities: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
};
/** What the hundreds of a code are about. */
const topics = [
  'syntax',
  'schema',
  'dependencies',
  'commands',
  'environment',
  'notifications',
  'limits',
  'checks',
  'security',
];

function topicOf(code: string): string {
  return topics[Number(code[1]) - 1] ?? 'workflow';
}

function isAboutSecurity(code: string): boolean {
  return code === 'W510';
}

/** The diagnostics as a SARIF 2.1.0 log (OASIS 2020) with one run: rules, results, related places and fixes. */
export function renderSarif(diagnostics: readonly Diagnostic[], options: SarifOptions): string {
  const { tool, rules, displayFile } = options;
  const sorted = [...diagnostics].sort(compareDiagnostics);
  const codes = [...new Set(sorted.map(({ code }) => code))].sort();
  const ruleIndex = new Map(codes.map((code, index) => [code, index]));
  const prints = fingerprints(sorted, displayFile);
  const log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            ...tool,
            semanticVersion: tool.version,
            rules: codes.map((code) => rule(code, rules.get(code))),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: sorted.map((diagnostic, index) => ({
          ruleId: diagnostic.code,
          ruleIndex: ruleIndex.get(diagnostic.code),
          // The second is the one by which GitHub tells findings apart; it computes it from lines when it is absent.
          partialFingerprints: {
            'executioner/v1': prints[index],
            primaryLocationLineHash: `${prints[index]}:1`,
          },
          ...result(diagnostic, displayFile),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(code: string, info: RuleInfo | undefined) {
  if (info === undefined) return { id: code };
  const { title, explanation, severity, helpUri } = info;
  return {
    id: code,
    name: title.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: { text: explanation },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: [topicOf(code), ...(isAboutSecurity(code) ? ['security'] : [])],
      precision: 'high',
      'problem.severity': problemSeverities[severity],
    },
  };
}

/** A circle of ten thousand jobs has as many places, and a viewer shows a few. */
const mostRelated = 100;

function result(diagnostic: Diagnostic, displayFile: (file: string) => string) {
  const { severity, message, hint, file, range, job, related = [], fixes = [] } = diagnostic;
  const places = related.filter((place) => place.range !== undefined).slice(0, mostRelated);
  return {
    level: levels[severity],
    message: { text: hint === undefined ? message : `${message}\nHint: ${hint}` },
    ...(file !== undefined && {
      locations: [
        {
          physicalLocation: physicalLocation(file, range, displayFile),
          ...(job !== undefined && { logicalLocations: [{ name: job, kind: 'job' }] }),
        },
      ],
    }),
    ...(places.length > 0 && {
      relatedLocations: places.map((place, id) => relatedLocation(place, id, file, displayFile)),
    }),
    ...(fixes.length > 0 && { fixes: fixes.map((fix) => sarifFix(fix, displayFile)) }),
  };
}

function relatedLocation(
  { message, file, range }: RelatedPlace,
  id: number,
  ownFile: string | undefined,
  displayFile: (file: string) => string,
) {
  return {
    id,
    message: { text: message },
    physicalLocation: physicalLocation(file ?? ownFile ?? '-', range, displayFile),
  };
}

function physicalLocation(file: string, range: Range | undefined, displayFile: (file: string) => string) {
  return {
    artifactLocation: artifact(file, displayFile),
    ...(range !== undefined && {
      region: {
        startLine: range.start.line,
        startColumn: range.start.column,
        endLine: range.end.line,
        endColumn: range.end.column,
        charOffset: range.start.offset,
        charLength: range.end.offset - range.start.offset,
      },
    }),
  };
}

function sarifFix({ title, edits }: Fix, displayFile: (file: string) => string) {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: { text: title },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file, displayFile),
      replacements: edits
        .filter((edit) => edit.file === file)
        .map(({ start, end, newText }) => ({
          deletedRegion: { charOffset: start, charLength: end - start },
          insertedContent: { text: newText },
        })),
    })),
  };
}

/** A URI reference: each part of the path percent-encoded, an absolute path as a file URI. */
function artifact(file: string, displayFile: (file: string) => string) {
  const path = displayFile(file)
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return { uri: path.startsWith('/') ? `file://${path}` : path };
}
