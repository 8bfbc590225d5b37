import type { DocumentPath } from '../../document/index.ts';
import type { Finding } from '../findings.ts';
import type { SchemaNode } from '../schema/schemaNode.ts';
import { likelyDuration } from './likelyDuration.ts';
import { flagIn, numberIn } from './likelyValue.ts';
import type { Repair } from './repair.ts';
import { branches, kindOf, valueAt } from './schemaAt.ts';
import { label, show } from './wording.ts';
import { expectation, wordsOf } from './wrongValue.ts';

/** How a wrong value of a version 1 file is read after all. */
export interface Goodwill {
  readonly finding: Omit<Finding, 'job'>;
  readonly repair: Repair;
}

/** Lists that version 1 took for nothing but lists. */
const strictLists = new Set<string | number | undefined>([
  'jobs',
  'dependencies',
  'pre_checks',
  'post_checks',
]);
/** Words that version 1 let pass without effect; absent, the default holds. */
const lenientWords = new Set<string | number | undefined>(['security_policy', 'security_level']);
/** Texts that version 1 demanded as texts. */
const strictTexts = new Set<string | number | undefined>(['id', 'command', 'working_dir']);

/**
 * Version 1 checked little and ran many a file whose values are not what they should be. What worked there works here,
 * with a warning; undefined when it did not work, or when there is no telling what was meant.
 */
export function goodwill(
  path: DocumentPath,
  node: SchemaNode,
  document: unknown,
  file: string,
): Goodwill | undefined {
  const value = valueAt(path, document);
  const key = path.at(-1);
  if (value === null) return nothing(path, node, file);
  if (node.code === 'E702') return timeLimit(path, node, value, file);
  const read = readAs(node, value, key);
  if (read === undefined) return undefined;
  const hasEffect = read.value !== undefined;
  return {
    finding: {
      code: 'W203',
      message: `${label(path)} is ${show(value)}, expected ${expectation(node)}; ${hasEffect ? `read as ${shown(read.value)}` : 'ignored'}`,
      place: { file, path },
      ...(hasEffect && {
        fixes: [
          {
            kind: 'fix' as const,
            title: `write ${JSON.stringify(read.value)}`,
            edits: [{ place: { file, path }, by: read.value }],
          },
        ],
      }),
    },
    repair: { path, value: read.value },
  };
}

function shown(value: unknown): string {
  return Array.isArray(value) ? JSON.stringify(value) : show(value);
}

/** A key without a value is as good as absent, unless it is one that must be there. */
function nothing(path: DocumentPath, node: SchemaNode, file: string): Goodwill | undefined {
  const key = path.at(-1);
  if (typeof key === 'number' || key === 'id' || key === 'name' || key === 'jobs' || key === 'command')
    return undefined;
  return {
    finding: {
      code: 'W204',
      message: `${label(path)} has no value, expected ${expectation(node)}; ignored`,
      place: { file, path },
      hint: 'remove the key, or give it a value',
    },
    repair: { path, value: undefined },
  };
}

function timeLimit(path: DocumentPath, node: SchemaNode, value: unknown, file: string): Goodwill {
  const seconds = path[0] !== 'jobs' && typeof value === 'string' ? numberIn(value) : undefined;
  const wrong = `${label(path)} is ${show(value)}, expected ${expectation(node)}`;
  const place = { file, path };
  if (seconds !== undefined && seconds > 0) {
    return {
      finding: {
        code: 'W203',
        message: `${wrong}; read as ${seconds} seconds`,
        place,
        fixes: [{ kind: 'fix', title: `write ${seconds}`, edits: [{ place, by: seconds }] }],
      },
      repair: { path, value: seconds },
    };
  }
  const meant = likelyDuration(value);
  return {
    finding: {
      code: 'W701',
      message: `${wrong}; the default applies`,
      place,
      ...(meant !== undefined && {
        hint: `did you mean ${JSON.stringify(meant)}?`,
        fixes: [
          { kind: 'suggestion', title: `write ${JSON.stringify(meant)}`, edits: [{ place, by: meant }] },
        ],
      }),
    },
    repair: { path, value: undefined },
  };
}

interface Read {
  /** Undefined: the value has no effect. */
  readonly value: unknown;
}

function readAs(node: SchemaNode, value: unknown, key: string | number | undefined): Read | undefined {
  const words = wordsOf(node);
  if (words.length > 0) return readWord(words, value, key);
  if (node.type === 'array' && !strictLists.has(key)) return readList(node, value, key);
  if (node.type === 'boolean') {
    const flag = flagIn(value);
    return flag === undefined ? undefined : { value: flag };
  }
  if (node.type === 'string' && typeof value === 'number' && !strictTexts.has(key))
    return { value: String(value) };
  const range = branches(node).find(({ type }) => type === 'number' || type === 'integer');
  return range === undefined || key === 'smtp_port' ? undefined : readNumber(range, value);
}

function readWord(
  words: readonly (string | number)[],
  value: unknown,
  key: string | number | undefined,
): Read | undefined {
  if (typeof value !== 'string') return undefined;
  if (key === 'security_policy' && value === 'block') return { value: 'strict' };
  const same = words.find((word) => typeof word === 'string' && word.toLowerCase() === value.toLowerCase());
  if (same !== undefined) return { value: same };
  // An entry of a list of words, or a word that nothing in version 1 compared with anything else.
  return typeof key === 'number' || lenientWords.has(key) ? { value: undefined } : undefined;
}

/** A single value where a list is expected: a list of that one, if it could be an entry. */
function readList(node: SchemaNode, value: unknown, key: string | number | undefined): Read | undefined {
  const entry = node.items;
  if (entry === undefined) return undefined;
  if (wordsOf(entry).length > 0) {
    const word = readWord(wordsOf(entry), value, key);
    return word && { value: word.value === undefined ? undefined : [word.value] };
  }
  const kind = entry.type === 'integer' ? 'number' : entry.type;
  return kindOf(value) === kind && value !== '' ? { value: [value] } : undefined;
}

function readNumber(range: SchemaNode, value: unknown): Read | undefined {
  const number = typeof value === 'string' ? numberIn(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  const whole = range.type === 'integer' ? Math.trunc(number) : number;
  if (range.exclusiveMinimum !== undefined && whole <= range.exclusiveMinimum) return undefined;
  return { value: Math.min(range.maximum ?? whole, Math.max(range.minimum ?? whole, whole)) };
}
