import type { CommandContext } from './context.ts';
import { type CommandArguments, camelCase, type OptionTable, type PositionalTable } from './options.ts';

/** A format a command can write its result in. */
export interface FormatSpec {
  readonly summary: string;
  /** File endings that imply it: `['.md', '.markdown']`. */
  readonly endings?: readonly string[];
}

/** Formats by name. With one named `json` the command has `--json` too. */
export type FormatTable = Readonly<Record<string, FormatSpec>>;

export interface ExampleSpec {
  /** The command line from the command's own name on: `run nightly.yaml --dry-run`. It must be runnable. */
  readonly command: string;
  readonly summary: string;
}

interface CommandTable<O extends OptionTable, P extends PositionalTable> {
  /** As typed: `run`. */
  readonly name: string;
  /** One line, without a final full stop. */
  readonly summary: string;
  /** A paragraph or two for help and the reference; blank lines part paragraphs. */
  readonly description?: string;
  readonly positionals?: P;
  readonly options?: O;
  /** Gives the command `-o/--output`, `--format` and perhaps `--json`; the first format is the default. */
  readonly formats?: FormatTable;
  readonly examples: readonly ExampleSpec[];
  /** Exit codes with a meaning of their own here, or undefined for one that does not occur: `{ 1: 'a job failed' }`. */
  readonly exitCodes?: Readonly<Record<string, string | undefined>>;
}

export interface CommandSpec<O extends OptionTable, P extends PositionalTable> extends CommandTable<O, P> {
  /**
   * Does the work and returns the exit code. Heavy code is imported inside, so that help and completion stay fast.
   * Expected failures are thrown as CommandError.
   */
  run(args: CommandArguments<O, P>, context: CommandContext): Promise<number> | number;
}

/** A command: one table that makes parsing, help, completion and the reference page. */
export interface Command
  extends Required<Pick<CommandTable<OptionTable, PositionalTable>, 'positionals' | 'options'>> {
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  readonly formats?: FormatTable;
  readonly examples: readonly ExampleSpec[];
  readonly exitCodes?: Readonly<Record<string, string | undefined>>;
  run(args: Readonly<Record<string, unknown>>, context: CommandContext): Promise<number> | number;
}

/**
 * Makes a command of its table; `run` receives arguments typed by it.
 *
 * @throws Error (a bug of the caller) if two entries of the tables share a spelling, or a variadic or required
 * positional stands where it cannot be parsed.
 */
export function defineCommand<
  const O extends OptionTable = Record<never, never>,
  const P extends PositionalTable = Record<never, never>,
>(spec: CommandSpec<O, P>): Command {
  const { positionals, options, run, ...rest } = spec;
  const command: Command = {
    ...rest,
    positionals: positionals ?? {},
    options: options ?? {},
    run: (args, context) => run(args as CommandArguments<O, P>, context),
  };
  assertSpellings(command);
  assertPositionals(command);
  return command;
}

const commonSpellings = ['help', 'h', 'version', 'quiet', 'q', 'verbose', 'v', 'color'];
const outputSpellings = ['output', 'o', 'format'];

function assertSpellings(command: Command): void {
  const seen = new Set<string>(
    command.formats === undefined ? commonSpellings : [...commonSpellings, ...outputSpellings],
  );
  if (command.formats !== undefined && 'json' in command.formats) seen.add('json');
  const claim = (spelling: string): void => {
    if (seen.has(spelling))
      throw new Error(`Internal error: command "${command.name}" uses "${spelling}" twice`);
    seen.add(spelling);
  };
  for (const [name, option] of Object.entries(command.options)) {
    for (const spelling of [name, option.short, ...(option.aliases ?? []), ...(option.deprecated ?? [])]) {
      if (spelling !== undefined) claim(spelling);
    }
  }
  const argumentNames = [...Object.keys(command.options), ...Object.keys(command.positionals)].map(camelCase);
  if (new Set(argumentNames).size !== argumentNames.length) {
    throw new Error(`Internal error: command "${command.name}" has two arguments of one name`);
  }
}

function assertPositionals(command: Command): void {
  const specs = Object.values(command.positionals);
  specs.forEach((spec, index) => {
    const last = index === specs.length - 1;
    if (spec.variadic === true && !last) {
      throw new Error(`Internal error: only the last positional of "${command.name}" may be variadic`);
    }
    if (spec.required === true && index > 0 && specs[index - 1]!.required !== true) {
      throw new Error(`Internal error: a required positional of "${command.name}" follows an optional one`);
    }
  });
}
