import parseWords from 'yargs-parser';
import type { Command } from './command.ts';
import { camelCase, type OptionSpec, type OptionTable, type PositionalTable } from './options.ts';
import { dashed, likelySpelling, type Spelling, spellingsOf } from './spellings.ts';
import { allOptions } from './usage.ts';

/** Something wrong with a command line. */
export interface UsageProblem {
  readonly message: string;
  readonly hint?: string;
}

export interface ParsedCommandLine {
  /** Values by camel-case name: the command's own options and positionals, and the common options. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Names of the options that were given, defaults not among them. */
  readonly given: ReadonlySet<string>;
  /** One sentence for each old spelling that was used. */
  readonly deprecations: readonly string[];
  readonly problems: readonly UsageProblem[];
}

/**
 * Parses a command line by the command's table. The yargs parser splits it into options and values; what the table
 * says of spellings, values and combinations is checked here, and every problem is reported, not only the first.
 */
export function parse(command: Command, argv: readonly string[]): ParsedCommandLine {
  const options = allOptions(command);
  const spellings = spellingsOf(options);
  const tokens = detachValues(argv, spellings);
  const { found, words, withoutValue } = split(tokens, options);
  const written = writtenOptions(tokens);

  const problems: UsageProblem[] = [...unknownOptions(found, written, spellings)];
  const values: Record<string, unknown> = {};
  const given = new Set<string>();
  for (const [name, option] of Object.entries(options)) {
    const texts = found.get(name) ?? [];
    const negated = found.has(`no-${name}`) && spellings.get(`no-${name}`)?.kind === 'negation';
    if (texts.length > 0 || negated) given.add(name);
    const result = withoutValue.has(name)
      ? { problem: { message: `option ${dashed(name)} needs a value` } }
      : readValue(name, option, texts, negated);
    values[camelCase(name)] = result.value;
    if (result.problem !== undefined) problems.push(result.problem);
  }
  problems.push(...flagsWithValues(written, spellings), ...combinations(options, given));
  problems.push(...assignWords(command.positionals, words, values));
  return { values, given, deprecations: deprecations(written, spellings), problems };
}

/** Writes `-ofile` as `-o=file`, which the parser understands. */
function detachValues(argv: readonly string[], spellings: ReadonlyMap<string, Spelling>): string[] {
  const end = argv.indexOf('--');
  return argv.map((token, index) => {
    if ((end >= 0 && index > end) || !/^-[A-Za-z]{2}|^-[A-Za-z][^=]/.test(token)) return token;
    const letters = [...token.slice(1)];
    const taker = letters.findIndex((letter) => spellings.get(letter)?.option.type !== 'flag');
    const takesValue = taker >= 0 && spellings.has(letters[taker]!);
    const value = letters.slice(taker + 1).join('');
    if (!takesValue || value === '' || value.startsWith('=')) return token;
    return `-${letters.slice(0, taker + 1).join('')}=${value}`;
  });
}

interface SplitCommandLine {
  /** Raw values by option name (or unknown spelling), in their order; flags have 'true' or 'false'. */
  readonly found: ReadonlyMap<string, readonly string[]>;
  readonly words: readonly string[];
  /** Names of options at whose end the value is missing. */
  readonly withoutValue: ReadonlySet<string>;
}

function split(tokens: readonly string[], options: OptionTable): SplitCommandLine {
  const entries = Object.entries(options);
  const flags = entries.filter(([, option]) => option.type === 'flag');
  const takers = entries.filter(([, option]) => option.type !== 'flag');
  const single = takers.filter(([, option]) => !(option.type === 'text' && option.optional === true));
  const withoutValue = new Set<string>();
  const result = parseWords.detailed([...tokens], {
    alias: Object.fromEntries(entries.map(([name, option]) => [name, otherSpellings(option)])),
    boolean: [...flags.map(([name]) => name), ...negations(flags)],
    string: takers.map(([name]) => name),
    narg: Object.fromEntries(single.map(([name]) => [name, 1])),
    // The parser calls this only to word "not enough arguments following …".
    __: (_format: string, ...names: readonly unknown[]) => {
      withoutValue.add(spellingsOf(options).get(String(names[0]))?.name ?? String(names[0]));
      return '';
    },
    configuration: {
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'populate--': true,
      'strip-aliased': true,
    },
  } as Parameters<typeof parseWords.detailed>[1]);
  const { _: before, '--': after, ...rest } = result.argv as Record<string, unknown>;
  const found = new Map(Object.entries(rest).map(([name, value]) => [name, [value].flat().map(String)]));
  return { found, words: [before, after ?? []].flat().map(String), withoutValue };
}

function otherSpellings(option: OptionSpec): string[] {
  return [option.short ?? [], option.aliases ?? [], option.deprecated ?? []].flat();
}

function negations(flags: readonly (readonly [string, OptionSpec])[]): string[] {
  return flags
    .filter(([, option]) => option.type === 'flag' && option.negatable === true)
    .map(([name]) => `no-${name}`);
}

/** An option as it was written: `--config=x.json` has the spelling `config` and the value `x.json`. */
interface WrittenOption {
  readonly token: string;
  readonly spelling: string;
  readonly value: string | undefined;
}

function writtenOptions(tokens: readonly string[]): WrittenOption[] {
  const end = tokens.indexOf('--');
  return tokens.slice(0, end < 0 ? undefined : end).flatMap((token) => {
    const match = /^(?:--(?=[^=])|-(?=[^-=\d.]))([^=]+)(?:=([\s\S]*))?$/.exec(token);
    return match === null ? [] : [{ token, spelling: match[1]!, value: match[2] }];
  });
}

function unknownOptions(
  found: ReadonlyMap<string, readonly string[]>,
  written: readonly WrittenOption[],
  spellings: ReadonlyMap<string, Spelling>,
): UsageProblem[] {
  // A group of letters is one mistake, and is named as it was written: `-parallel`.
  const isUnknown = ({ token, spelling }: WrittenOption): boolean =>
    token.startsWith('--')
      ? !spellings.has(spelling)
      : [...spelling].some((letter) => !spellings.has(letter));
  const tokens = written.filter(isUnknown).map(({ token }) => token.replace(/=.*$/s, ''));
  const others = [...found.keys()].filter((key) => !spellings.has(key)).map(dashed);
  return [...new Set(tokens.length > 0 ? tokens : others)].map((token) => {
    const likely = likelySpelling(token.replace(/^-+/, ''), spellings);
    const message = `unknown option ${token}`;
    return likely === undefined ? { message } : { message, hint: `did you mean ${dashed(likely)}?` };
  });
}

/** `--dry-run=1` must not quietly mean "no". */
function flagsWithValues(
  written: readonly WrittenOption[],
  spellings: ReadonlyMap<string, Spelling>,
): UsageProblem[] {
  return written
    .filter(({ spelling, value }) => value !== undefined && spellings.get(spelling)?.option.type === 'flag')
    .filter(({ value }) => value !== 'true' && value !== 'false')
    .map(({ spelling, value }) => ({
      message: `option ${dashed(spelling)} takes no value, but was given "${value}"`,
    }));
}

function deprecations(written: readonly WrittenOption[], spellings: ReadonlyMap<string, Spelling>): string[] {
  const used = written.filter(({ spelling }) => spellings.get(spelling)?.kind === 'deprecated');
  return [...new Set(used.map(({ spelling }) => spelling))].map(
    (spelling) => `option ${dashed(spelling)} is deprecated: use ${dashed(spellings.get(spelling)!.name)}`,
  );
}

type ValueResult = { readonly value?: unknown; readonly problem?: UsageProblem };

function readValue(
  name: string,
  option: OptionSpec,
  texts: readonly string[],
  negated: boolean,
): ValueResult {
  const last = texts.at(-1);
  switch (option.type) {
    case 'flag':
      if (option.negatable === true && last === undefined && !negated) return { value: undefined };
      return { value: negated ? false : last === 'true' };
    case 'text':
      if (last === undefined) return { value: option.default };
      if (last === '' && option.optional === true) return { value: true };
      return last === '' ? { problem: { message: `option ${dashed(name)} needs a value` } } : { value: last };
    case 'number':
      return last === undefined ? { value: option.default } : numberOf(name, option, last);
    case 'list':
      return {
        value: texts
          .flatMap((text) => (option.commas === false ? [text] : text.split(',').map((item) => item.trim())))
          .filter(Boolean),
      };
    case 'choice':
      return last === undefined ? { value: option.default } : choiceOf(name, option, last);
  }
}

function numberOf(name: string, option: Extract<OptionSpec, { type: 'number' }>, text: string): ValueResult {
  const value = Number(text);
  const kind = option.fraction === true ? 'a number' : 'a whole number';
  const pattern = option.fraction === true ? /^-?(\d+\.?\d*|\.\d+)$/ : /^-?\d+$/;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = option;
  if (pattern.test(text) && value >= min && value <= max) return { value };
  const bounds = [
    ...(option.min === undefined ? [] : [`at least ${option.min}`]),
    ...(option.max === undefined ? [] : [`at most ${option.max}`]),
  ];
  return {
    problem: {
      message: `option ${dashed(name)} takes ${[kind, bounds.join(' and ')].filter(Boolean).join(', ')}, not "${text}"`,
    },
  };
}

function choiceOf(
  name: string,
  { choices, synonyms = {} }: Extract<OptionSpec, { type: 'choice' }>,
  text: string,
): ValueResult {
  if (choices.includes(text)) return { value: text };
  if (Object.hasOwn(synonyms, text)) return { value: synonyms[text] };
  const known = new Map(
    choices.map((choice): [string, Spelling] => [
      choice,
      { name: choice, option: { type: 'flag', summary: '' }, kind: 'name' },
    ]),
  );
  const likely = likelySpelling(text, known);
  const message = `option ${dashed(name)} takes ${choices.join(', ')}, not "${text}"`;
  return { problem: likely === undefined ? { message } : { message, hint: `did you mean "${likely}"?` } };
}

function combinations(options: OptionTable, given: ReadonlySet<string>): UsageProblem[] {
  const problems: UsageProblem[] = [];
  for (const name of given) {
    const option = options[name]!;
    for (const other of option.conflicts ?? []) {
      if (given.has(other))
        problems.push({ message: `options ${dashed(name)} and ${dashed(other)} contradict each other` });
    }
    for (const other of option.requires ?? []) {
      if (!given.has(other))
        problems.push({ message: `option ${dashed(name)} needs ${dashed(other)} beside it` });
    }
  }
  return problems;
}

/** Fills the positionals of the table into `values`, in order. */
function assignWords(
  table: PositionalTable,
  words: readonly string[],
  values: Record<string, unknown>,
): UsageProblem[] {
  const rest = [...words];
  const problems: UsageProblem[] = [];
  for (const [name, spec] of Object.entries(table)) {
    const value = spec.variadic === true ? rest.splice(0) : rest.shift();
    values[camelCase(name)] = value;
    if (spec.required === true && (value === undefined || value.length === 0)) {
      problems.push({ message: `${name.toUpperCase()} is missing`, hint: spec.summary });
    }
  }
  if (rest.length > 0) problems.push({ message: `unexpected argument "${rest[0]}"` });
  return problems;
}
