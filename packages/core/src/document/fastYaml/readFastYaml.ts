import type { SyntaxNode } from '../syntaxTree.ts';
import { readBlock } from './blockNodes.ts';
import { type Marks, treeOfMarks } from './marks.ts';
import {
  dash,
  enterLine,
  hash,
  isBlank,
  isDocumentMarker,
  notSure,
  type Reader,
  space,
  tab,
  toNextContent,
} from './reader.ts';

export interface FastYaml {
  readonly value: unknown;
  /** Reads the text once more, for the places of all nodes. */
  tree(): SyntaxNode;
}

/**
 * Reads the common part of YAML 1.2 under the core schema: block maps and lists, brackets over one or more lines,
 * plain, quoted, literal and folded scalars, comments, one document. Undefined means "not sure": for anything else
 * (anchors, aliases, tags, merges, complex or duplicate keys, directives, tabs, explicit indentation, several
 * documents, deep nesting) and for every text with an error. Where there is an answer, it is that of a full YAML
 * parser. One pass, linear in the text.
 */
export function readFastYaml(text: string): FastYaml | undefined {
  const read = readRoot(text, undefined);
  if (read === undefined) return undefined;
  return {
    value: read.value,
    tree: () => {
      const marks: Marks = { numbers: [], keys: [] };
      readRoot(text, marks);
      return treeOfMarks(marks);
    },
  };
}

function readRoot(text: string, marks: Marks | undefined): { readonly value: unknown } | undefined {
  if (text.includes('\r') && /\r(?!\n)/.test(text)) return undefined;
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const reader: Reader = {
    text,
    length: text.length,
    position: start,
    lineStart: start,
    indent: 0,
    isAfterComment: false,
    depth: 0,
    lastEnd: 0,
    marks,
  };
  try {
    toFirstContent(reader);
    if (reader.indent === -1) return undefined;
    const value = readBlock(reader, reader.indent, -1);
    return reader.indent === -1 ? { value } : undefined;
  } catch (error) {
    if (error === notSure) return undefined;
    throw error;
  }
}

/** Over blank and comment lines, and the marker that may begin a document. */
function toFirstContent(reader: Reader): void {
  const { text, length } = reader;
  let lineStart = reader.position;
  let at = skipSpaces(text, lineStart);
  while (at < length && (text.charCodeAt(at) === hash || isBlank(text.charCodeAt(at)))) {
    if (text.charCodeAt(at) === tab) throw notSure;
    lineStart = text.indexOf('\n', at) + 1;
    if (lineStart === 0) lineStart = length;
    at = skipSpaces(text, lineStart);
  }
  if (at >= length) throw notSure;
  if (text.charCodeAt(at) === dash && isDocumentMarker(reader, at, lineStart)) {
    reader.position = at + 3;
    toNextContent(reader);
  } else enterLine(reader, lineStart, at);
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === space) at++;
  return at;
}
