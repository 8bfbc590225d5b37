import type { CommandIo } from './io.ts';

/** Values offered after TAB. `words` are the complete words before the one being typed. */
export type CompletionValues = (words: readonly string[], io: CommandIo) => Promise<readonly string[]>;

interface OptionBase {
  /** One line for help, without a final full stop. */
  readonly summary: string;
  /** One letter: `o` is `-o`. */
  readonly short?: string;
  /** Other spellings, without dashes, that mean the same and are shown in the reference. */
  readonly aliases?: readonly string[];
  /** Old spellings: accepted with a note that names the new one. */
  readonly deprecated?: readonly string[];
  /** Heading in help; options without one stand under "Options". Groups appear in the order of the table. */
  readonly group?: string;
  /** Accepted, but in no help, completion or document. */
  readonly hidden?: boolean;
  /** Options (as named in the table) that cannot stand beside this one. */
  readonly conflicts?: readonly string[];
  /** Options (as named in the table) that must stand beside this one. */
  readonly requires?: readonly string[];
}

interface ValueBase extends OptionBase {
  /** Stands for the value in help: `FILE`. */
  readonly placeholder?: string;
  /** What TAB offers for the value. */
  readonly complete?: 'file' | 'folder' | CompletionValues;
}

/** `--dry-run`. A `negatable` one has `--no-…` beside it and is undefined when neither is given. */
export interface FlagOption extends OptionBase {
  readonly type: 'flag';
  readonly negatable?: boolean;
}

/** `--config FILE`; with `optional` the value may be left out (`--list-runs [APP]`) and is then `true`. */
export interface TextOption extends ValueBase {
  readonly type: 'text';
  readonly optional?: boolean;
  readonly default?: string;
}

/** A decimal number, whole unless `fraction`. */
export interface NumberOption extends ValueBase {
  readonly type: 'number';
  readonly fraction?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly default?: number;
}

/** May be repeated; each value is split at commas unless `commas` is false. */
export interface ListOption extends ValueBase {
  readonly type: 'list';
  readonly commas?: boolean;
}

/** One of a fixed set of words. */
export interface ChoiceOption extends OptionBase {
  readonly type: 'choice';
  readonly choices: readonly string[];
  /** Other words for a choice that are understood, and shown nowhere. */
  readonly synonyms?: Readonly<Record<string, string>>;
  readonly placeholder?: string;
  readonly default?: string;
}

export type OptionSpec = FlagOption | TextOption | NumberOption | ListOption | ChoiceOption;

/** Options by name as typed, without dashes: `continue-on-error`. */
export type OptionTable = Readonly<Record<string, OptionSpec>>;

export interface PositionalSpec {
  readonly summary: string;
  readonly required?: boolean;
  /** Takes all that remain; only the last positional may. */
  readonly variadic?: boolean;
  readonly complete?: 'file' | 'folder' | CompletionValues;
}

/** Positionals by name, in their order on the command line. */
export type PositionalTable = Readonly<Record<string, PositionalSpec>>;

/** `continue-on-error` → `continueOnError`. */
export type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

type OrDefault<S, T> = S extends { readonly default: T } ? T : T | undefined;

export type OptionValue<S extends OptionSpec> = S extends FlagOption
  ? S extends { readonly negatable: true }
    ? boolean | undefined
    : boolean
  : S extends TextOption
    ? S extends { readonly optional: true }
      ? string | true | undefined
      : OrDefault<S, string>
    : S extends NumberOption
      ? OrDefault<S, number>
      : S extends ListOption
        ? readonly string[]
        : S extends ChoiceOption
          ? S extends { readonly default: string }
            ? S['choices'][number]
            : S['choices'][number] | undefined
          : never;

export type PositionalValue<S extends PositionalSpec> = S extends { readonly variadic: true }
  ? readonly string[]
  : S extends { readonly required: true }
    ? string
    : string | undefined;

/** What a command's `run` receives: every option and positional of its tables under its name in camel case. */
export type CommandArguments<O extends OptionTable, P extends PositionalTable> = {
  readonly [K in keyof O & string as CamelCase<K>]: OptionValue<O[K]>;
} & { readonly [K in keyof P & string as CamelCase<K>]: PositionalValue<P[K]> };

/** `continue-on-error` → `continueOnError`. */
export function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
