import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument as parseYamlDocument } from 'yaml';
import type { Range } from '../diagnostics/diagnostic.ts';
import type { DocumentPath, ParsedDocument, ParseResult, SourceText } from './document.ts';
import { formatOf } from './format.ts';
import { createLineIndex } from './lineIndex.ts';

/** Reads one JSON, JSONC or YAML text. Never throws, whatever the text. */
export function parseDocument(source: SourceText): ParseResult {
  const format = formatOf(source);
  return format === 'yaml' ? parseYaml(source) : parseJson(source, format);
}

function parseJson(source: SourceText, format: 'json' | 'jsonc'): ParseResult {
  const { file, text } = source;
  const lines = createLineIndex(text);
  const at = (path: DocumentPath, what = 'value') => {
    const tree = parseTree(text, [], { allowTrailingComma: true });
    const node: Node | undefined = tree && findNodeAtLocation(tree, [...path]);
    const place = what === 'key' && node?.parent?.type === 'property' ? node.parent.children?.[0] : node;
    return place;
  };
  const range = (node: { offset: number; length: number } | undefined): Range | undefined =>
    node && lines.rangeOf(node.offset, node.offset + node.length);
  try {
    const value: unknown = JSON.parse(text);
    const document: ParsedDocument = {
      file,
      text,
      format,
      value,
      locate: (path, what) => range(at(path, what)),
      locateInString: (path, start, end) => {
        const node = at(path);
        return node && lines.rangeOf(node.offset + 1 + start, node.offset + 1 + end);
      },
    };
    return { document, diagnostics: [] };
  } catch (error) {
    return {
      diagnostics: [
        {
          code: 'E101',
          severity: 'error',
          message: String(error),
          file,
          range: lines.rangeOf(0, text.length),
        },
      ],
    };
  }
}

function parseYaml(source: SourceText): ParseResult {
  const { file, text } = source;
  const lines = createLineIndex(text);
  const tree = parseYamlDocument(text, {
    stringKeys: true,
    merge: true,
    resolveKnownTags: false,
    prettyErrors: false,
  });
  if (tree.errors.length > 0) {
    return {
      diagnostics: tree.errors.map((error) => ({
        code: 'E101',
        severity: 'error',
        message: error.message,
        file,
        range: lines.rangeOf(...error.pos),
      })),
    };
  }
  const at = (path: DocumentPath, what = 'value') => {
    let node: unknown = tree.contents;
    let key: unknown;
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(tree);
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step);
        if (!pair) return undefined;
        key = pair.key;
        node = pair.value;
      } else if (isSeq(node)) {
        key = undefined;
        node = node.items[Number(step)];
      } else return undefined;
    }
    const place = what === 'key' && key !== undefined ? key : node;
    return isNode(place) && place.range ? place.range : undefined;
  };
  const document: ParsedDocument = {
    file,
    text,
    format: 'yaml',
    value: tree.toJS({ maxAliasCount: 100 }),
    locate: (path, what) => {
      const place = at(path, what);
      return place && lines.rangeOf(place[0], place[1]);
    },
    locateInString: (path) => {
      const place = at(path);
      return place && lines.rangeOf(place[0], place[1]);
    },
  };
  return { document, diagnostics: [] };
}
