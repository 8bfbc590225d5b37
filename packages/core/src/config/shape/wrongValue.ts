import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import { nearest } from '../../diagnostics/suggest.ts';
import type { DocumentPath } from '../../document/index.ts';
import type { Finding, ProposedFix } from '../findings.ts';
import type { SchemaNode } from '../schema/schemaNode.ts';
import { likelyDuration } from './likelyDuration.ts';
import { spelledValue } from './likelyValue.ts';
import { branches, branchFor, kindOf, valueAt } from './schemaAt.ts';
import { alternatives, label, show } from './wording.ts';

/** Says what is wrong with the value at `path`, which does not fit `node`. */
export function wrongValue(
  path: DocumentPath,
  node: SchemaNode,
  document: unknown,
  file: string,
): Omit<Finding, 'job'> {
  const value = valueAt(path, document);
  const words = wordsOf(node);
  const isTime = node.code === 'E701' || node.code === 'E702';
  const near = isTime
    ? likelyDuration(value)
    : typeof value === 'string'
      ? (nearest(value, words.map(String)) ?? sameBeginning(value, words.map(String)))
      : undefined;
  const fixes = fixesFor(path, node, value, file, near);
  const hint = near === undefined ? hintFor(path, node, value) : `did you mean ${JSON.stringify(near)}?`;
  return {
    code: codeOf(node, value),
    message: `${label(path)} is ${show(value)}, expected ${expectation(node)}`,
    place: { file, path },
    ...(hint !== undefined && { hint }),
    ...(fixes.length > 0 && { fixes }),
  };
}

/** What the node takes, in words. */
export function expectation(node: SchemaNode): string {
  const words = wordsOf(node);
  const hasOtherForms = branches(node).some(
    (branch) => branch.enum === undefined && branch.const === undefined,
  );
  if (words.length > 0 && !hasOtherForms) return alternatives(words);
  if (node.expects !== undefined) return node.expects;
  if (node.type === 'string') return node.minLength ? 'a text that is not empty' : 'a text';
  return (
    { array: 'a list', object: 'a mapping', boolean: 'true or false' }[node.type ?? ''] ?? 'another value'
  );
}

/** The words among what the node takes. */
export function wordsOf(node: SchemaNode): readonly (string | number)[] {
  return branches(node).flatMap(
    (branch) => branch.enum ?? (branch.const === undefined ? [] : [branch.const]),
  );
}

function codeOf(node: SchemaNode, value: unknown): DiagnosticCode {
  if (node.code !== undefined) return node.code;
  if (branchFor(node, value) === undefined) return 'E201';
  if (wordsOf(node).length > 0) return 'E204';
  return typeof value === 'number' ? 'E205' : 'E206';
}

/** Keys without which nothing goes. */
const needed = new Set<string | number | undefined>(['id', 'command', 'jobs']);

function hintFor(path: DocumentPath, node: SchemaNode, value: unknown): string | undefined {
  if (value === null)
    return needed.has(path.at(-1)) ? 'give it a value' : 'remove the key, or give it a value';
  if (path.at(-1) === 'jobs' && kindOf(value) === 'object') {
    return 'write each job as an entry of a list, with its name as "id"';
  }
  const spelled = spelledValue(node, value);
  if (spelled !== undefined) return `write ${spelled}${String(spelled) === value ? ', without quotes' : ''}`;
  if (typeof value === 'string' && node.type === 'array') return `write a list: [${JSON.stringify(value)}]`;
  if (path.at(-1) === 'command' && kindOf(value) === 'array')
    return 'write one text, as you would type it in a shell';
  if (kindOf(value) === 'number' && takesText(node)) return `write it in quotes: "${String(value)}"`;
  return undefined;
}

function takesText(node: SchemaNode): boolean {
  return (
    node.code === undefined &&
    branches(node).some(({ type }) => type === 'string') &&
    wordsOf(node).length === 0
  );
}

/** Corrections that leave no doubt about what was meant. */
function fixesFor(
  path: DocumentPath,
  node: SchemaNode,
  value: unknown,
  file: string,
  near: string | number | undefined,
): ProposedFix[] {
  const fix = (by: unknown, kind: ProposedFix['kind'] = 'fix'): ProposedFix[] => [
    { kind, title: `write ${JSON.stringify(by)}`, edits: [{ place: { file, path }, by }] },
  ];
  if (near !== undefined) return fix(near, 'suggestion');
  if (node.type === 'array' && typeof value === 'string' && value !== '') return fix([value]);
  if (takesText(node) && typeof value === 'number' && Number.isSafeInteger(value)) return fix(String(value));
  const spelled = spelledValue(node, value);
  return spelled === undefined ? [] : fix(spelled);
}

/** `failed` for `failure`, `succeeded` for `success`: the only word that begins so. */
function sameBeginning(value: string, words: readonly string[]): string | undefined {
  const beginning = value.slice(0, 4).toLowerCase();
  const found = words.filter((word) => beginning.length === 4 && word.startsWith(beginning));
  return found.length === 1 ? found[0] : undefined;
}
