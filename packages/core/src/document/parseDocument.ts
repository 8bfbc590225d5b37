import type { Range } from '../diagnostics/diagnostic.ts';
import type { DocumentFormat, ParsedDocument, ParseLimits, ParseResult, SourceText } from './document.ts';
import type { DocumentPath } from './documentPath.ts';
import { formatOf } from './format.ts';
import { readJson } from './json/readJson.ts';
import { createLineIndex, type LineIndex } from './lineIndex.ts';
import { isError, toDiagnostics } from './problem.ts';
import type { Reading } from './reading.ts';
import { mapString } from './stringMap.ts';
import { findPlace, type SyntaxNode } from './syntaxTree.ts';
import { checkText, defaultParseLimits } from './textChecks.ts';
import { readYaml } from './yaml/readYaml.ts';

/**
 * Reads one JSON, JSONC or YAML text into plain data. Never throws, whatever the text: what is wrong with it is in the
 * diagnostics. A text without faults costs little more than `JSON.parse` (YAML: a reader of its own for the common
 * constructs, and the `yaml` package for the rest); positions cost extra, and only when they are asked for.
 */
export function parseDocument(source: SourceText, limits: Partial<ParseLimits> = {}): ParseResult {
  const { file, text } = source;
  const format = formatOf(source);
  const lines = createLineIndex(text);
  const textProblems = checkText(text, { ...defaultParseLimits, ...limits });
  const reading: Reading = textProblems.some(isError)
    ? { problems: [] }
    : readText(text, format, { ...defaultParseLimits, ...limits });
  const diagnostics = toDiagnostics([...textProblems, ...reading.problems], file, lines);
  if (reading.tree === undefined) return { diagnostics };
  return { document: createDocument({ file, text, format }, reading, lines), diagnostics };
}

function readText(text: string, format: DocumentFormat, limits: ParseLimits): Reading {
  if (format === 'yaml') return readYaml(text, limits);
  const reading = readJson(text, limits);
  if (format === 'json') return reading;
  return { ...reading, problems: reading.problems.filter((problem) => problem.code !== 'W102') };
}

function createDocument(
  source: { readonly file: string; readonly text: string; readonly format: DocumentFormat },
  reading: Extract<Reading, { tree(): SyntaxNode }>,
  lines: LineIndex,
): ParsedDocument {
  let root: SyntaxNode | undefined;
  const tree = () => {
    root ??= reading.tree();
    return root;
  };
  const placeAt = (path: DocumentPath) => findPlace(tree(), path);
  return {
    ...source,
    value: reading.value,
    tree,
    locate: (path, what = 'value') => {
      const place = placeAt(path);
      if (place === undefined) return undefined;
      const node = what === 'key' && place.entry !== undefined ? place.entry.keyNode : place.value;
      return lines.rangeOf(node.start, node.end);
    },
    locateInString: (path, start, end) => {
      const node = placeAt(path)?.value;
      const value = valueAt(reading.value, path);
      if (node?.kind !== 'scalar' || typeof value !== 'string') return undefined;
      return locatePart(source.text, { node, value, start, end }, lines);
    },
  };
}

/** The whole scalar where its parts cannot be told apart; an empty part is the point where it begins. */
function locatePart(
  text: string,
  part: {
    readonly node: Extract<SyntaxNode, { kind: 'scalar' }>;
    readonly value: string;
    readonly start: number;
    readonly end: number;
  },
  lines: LineIndex,
): Range {
  const { node, value } = part;
  const map = mapString(text, node, value);
  if (map === undefined || value === '') return lines.rangeOf(node.start, node.end);
  const start = Math.max(0, Math.min(part.start, value.length));
  const end = Math.max(start, Math.min(part.end, value.length));
  const from = start < value.length ? map.starts[start] : map.ends[value.length - 1];
  const to = end > start ? map.ends[end - 1] : from;
  return lines.rangeOf(from ?? node.start, to ?? node.end);
}

function valueAt(root: unknown, path: DocumentPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
