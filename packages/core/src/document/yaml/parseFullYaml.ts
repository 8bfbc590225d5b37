import { Composer, type CST, type Document, Parser } from 'yaml';
import type { ParseLimits } from '../document.ts';
import type { Problem } from '../problem.ts';
import type { Reading } from '../reading.ts';
import { emptyText } from '../textChecks.ts';
import { deepestToken } from './tokenDepth.ts';
import { yamlProblems } from './yamlProblems.ts';
import { buildYamlTree } from './yamlTree.ts';

/** The meaning of YAML here: the core schema of YAML 1.2, keys are strings, and `<<` merges maps. */
export const yamlOptions = {
  version: '1.2',
  schema: 'core',
  merge: true,
  stringKeys: true,
  resolveKnownTags: false,
  prettyErrors: false,
  logLevel: 'error',
} as const;

/** Reads YAML with the `yaml` package: everything the language has, its errors, and the positions of all nodes. */
export function parseFullYaml(text: string, limits: ParseLimits): Reading {
  const tokens = tokenize(text);
  const deep = tokens === undefined ? { start: 0, end: 0 } : deepestToken(tokens, limits.maximumDepth);
  if (tokens === undefined || deep !== undefined)
    return { problems: [tooDeep(deep ?? { start: 0, end: 0 }, limits)] };
  // Duplicate keys are found while the tree is built: the package compares each key with every earlier one.
  const composer = new Composer({ ...yamlOptions, uniqueKeys: false, keepSourceTokens: true });
  const documents = [...composer.compose(tokens, true, text.length)];
  return readDocuments(text, documents as Document.Parsed[]);
}

/** Undefined when the text is nested so deeply that the package itself exhausts the stack. */
function tokenize(text: string): CST.Token[] | undefined {
  try {
    return [...new Parser().parse(text)];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readDocuments(text: string, [document, second]: readonly Document.Parsed[]): Reading {
  if (document === undefined) return { problems: [emptyText(text)] };
  const syntax = yamlProblems(text, [...document.errors, ...document.warnings]);
  if (document.errors.length > 0) return { problems: syntax };
  if (second !== undefined) return { problems: [...syntax, severalDocuments(text, second)] };
  if (isEmpty(document)) return { problems: [...syntax, emptyText(text)] };
  const { root, value, problems, isUsable } = buildYamlTree(text, document);
  const all = [...syntax, ...problems];
  return isUsable ? { value, problems: all, tree: () => root } : { problems: all };
}

function isEmpty(document: Document.Parsed): boolean {
  const { contents } = document;
  return contents === null || contents.range[0] === contents.range[1];
}

function severalDocuments(text: string, second: Document.Parsed): Problem {
  const marker = text.lastIndexOf('---', second.contents?.range[0] ?? second.range[1]);
  const start = marker === -1 ? second.range[0] : marker;
  return {
    code: 'E113',
    start,
    end: start + 3,
    message: 'a second YAML document begins here; a workflow is one document',
    hint: 'split the file and join the parts with include, or remove the line of dashes',
  };
}

export function tooDeep(at: { readonly start: number; readonly end: number }, limits: ParseLimits): Problem {
  return {
    ...at,
    code: 'E108',
    message: `nested deeper than ${limits.maximumDepth} levels`,
    hint: 'a bracket may be missing above, or the file is damaged',
  };
}
