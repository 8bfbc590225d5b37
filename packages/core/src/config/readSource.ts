import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/suggest.ts';
import { type ParsedDocument, parseDocument, type SourceText } from '../document/index.ts';
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
    sources: new Map(),
    add: (finding) => findings.push(finding),
  };
}

/** The file, read, parsed and checked once. `mentionedAt` is the place of the `include` that names it. */
export function readSource(file: string, loading: Loading, mentionedAt?: Place): SourceFile | undefined {
  if (loading.sources.has(file)) return loading.sources.get(file);
  const content = loading.host.readFile(file);
  if (content.ok) return readText({ file, text: content.text }, loading);
  loading.sources.set(file, undefined);
  reportUnreadable(file, content, loading, mentionedAt);
  return undefined;
}

/** The same for a text that the caller has. */
export function readText(source: SourceText, loading: Loading): SourceFile | undefined {
  const { host, documents, sources } = loading;
  const { document, diagnostics } = parseDocument(source);
  loading.syntaxDiagnostics.push(...diagnostics);
  if (document !== undefined) documents.set(source.file, document);
  const folder = source.file === '-' ? host.folder : host.folderOf(source.file);
  const shape = document && checkShape(document, loading);
  const sourceFile = document && shape && { file: source.file, folder, document, ...shape };
  sources.set(source.file, sourceFile);
  return sourceFile;
}

function reportUnreadable(
  file: string,
  content: Exclude<ReturnType<ConfigurationHost['readFile']>, { ok: true }>,
  loading: Loading,
  mentionedAt: Place | undefined,
): void {
  const { host } = loading;
  const why = { missing: 'does not exist', folder: 'is a folder, not a file', unreadable: 'cannot be read' }[
    content.reason
  ];
  const folder = host.folderOf(file);
  const similar =
    content.reason === 'missing' ? nearest(host.nameOf(file), host.listFolder(folder)) : undefined;
  const hint = similar === undefined ? content.detail : `did you mean "${host.resolve(folder, similar)}"?`;
  loading.add({
    code: mentionedAt ? 'E211' : 'E210',
    message: `${mentionedAt ? 'the included file' : 'the configuration file'} "${file}" ${why}`,
    ...(mentionedAt && { place: mentionedAt }),
    ...(hint !== undefined && { hint }),
  });
}
