import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/suggest.ts';
import { type ParsedDocument, parseDocument, type SourceText, type WideEncoding } from '../document/index.ts';
import type { Finding, Findings, Place } from './findings.ts';
import type { ConfigurationHost } from './host.ts';
import { checkShape } from './shape/checkShape.ts';
import type { SourceFile } from './sourceFile.ts';

/** What one call of `load` has met so far. */
export interface Loading extends Findings {
  readonly host: ConfigurationHost;
  readonly findings: readonly Finding[];
  /** Of the parser, in the order of the files. */
  readonly syntaxDiagnostics: Diagnostic[];
  readonly documents: Map<string, ParsedDocument>;
  /** Of every file that could be read, whether it could be parsed or not. */
  readonly texts: Map<string, string>;
  /** Undefined: the file is of no use, and why has been said. */
  readonly sources: Map<string, SourceFile | undefined>;
}

export function startLoading(host: ConfigurationHost): Loading {
  const findings: Finding[] = [];
  return {
    host,
    findings,
    syntaxDiagnostics: [],
    documents: new Map(),
    texts: new Map(),
    sources: new Map(),
    add: (finding) => findings.push(finding),
  };
}

/** How a file was named: as it was written, and by which `include` (undefined: by the caller). */
export interface Mention {
  readonly written: string;
  readonly place?: Place;
}

/** The file, read, parsed and checked once. `file` is absolute. */
export function readSource(file: string, mention: Mention, loading: Loading): SourceFile | undefined {
  if (loading.sources.has(file)) return loading.sources.get(file);
  const content = loading.host.readFile(file);
  if (content.ok) {
    const { text, encoding } = content;
    return readText({ file, text, ...(encoding !== undefined && { encoding }) }, loading);
  }
  loading.sources.set(file, undefined);
  reportUnreadable(file, mention, content, loading);
  return undefined;
}

/** The same for a text that the caller has. */
export function readText(source: SourceText, loading: Loading): SourceFile | undefined {
  const { host, documents, sources } = loading;
  if (source.encoding !== undefined) reportEncoding(source.file, source.encoding, loading);
  const { document, diagnostics } = parseDocument(source);
  loading.texts.set(source.file, source.text);
  const isStrict = (document?.value as { version?: unknown } | undefined)?.version === 2;
  loading.syntaxDiagnostics.push(...(isStrict ? diagnostics.map(strictly) : diagnostics));
  if (document !== undefined) documents.set(source.file, document);
  const folder = source.file === '-' ? host.folder : host.folderOf(source.file);
  const shape = document && checkShape(document, loading);
  const sourceFile = document && shape && { file: source.file, folder, document, ...shape };
  sources.set(source.file, sourceFile);
  return sourceFile;
}

function reportEncoding(file: string, encoding: WideEncoding, { add }: Loading): void {
  add({
    code: 'W106',
    message: `${file === '-' ? 'the text' : 'the file'} is written in ${encoding}`,
    place: { file, path: [] },
    hint: `save ${file === '-' ? 'it' : 'the file'} as UTF-8: most other programs read nothing else`,
  });
}

/** JSON drops one of two equal keys, which `version: 2` does not let pass: in YAML it is an error anyway. */
function strictly(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.code === 'W101'
    ? { ...diagnostic, code: 'E110', severity: 'error', hint: 'remove one of the two' }
    : diagnostic;
}

function reportUnreadable(
  file: string,
  { written, place }: Mention,
  content: Exclude<ReturnType<ConfigurationHost['readFile']>, { ok: true }>,
  { host, add }: Loading,
): void {
  const why = { missing: 'does not exist', folder: 'is a folder, not a file', unreadable: 'cannot be read' }[
    content.reason
  ];
  const name = host.nameOf(file);
  const similar =
    content.reason === 'missing' ? nearest(name, host.listFolder(host.folderOf(file))) : undefined;
  const advice = place
    ? undefined
    : 'name a workflow, or make one: executioner run --sample-config > workflow.json';
  const hint =
    similar === undefined
      ? (content.detail ?? advice)
      : `did you mean "${replaceName(written, name, similar)}"?`;
  add({
    code: place ? 'E211' : 'E210',
    message: `${place ? 'the included file' : 'the configuration file'} "${written}" ${why}`,
    ...(place && { place }),
    ...(hint !== undefined && { hint }),
  });
}

/** The path as it was written, with another last component. */
function replaceName(written: string, name: string, similar: string): string {
  return written.endsWith(name) ? written.slice(0, -name.length) + similar : similar;
}
