import type { Command, FormatTable } from './command.ts';
import type { OptionSpec, OptionTable } from './options.ts';

/** The heading of the options that all commands have. */
export const commonGroup = 'Common';

/** What every command understands. Commands declare only what is their own. */
const commonOptions = {
  quiet: {
    type: 'flag',
    short: 'q',
    summary: 'say only what matters: no notes, no progress',
    group: commonGroup,
  },
  verbose: {
    type: 'flag',
    short: 'v',
    summary: 'say more; show stack traces of internal errors',
    group: commonGroup,
  },
  color: {
    type: 'flag',
    negatable: true,
    summary: 'force colours on or off (NO_COLOR and FORCE_COLOR are heeded)',
    group: commonGroup,
  },
  help: { type: 'flag', short: 'h', summary: 'show this help', group: commonGroup },
  version: { type: 'flag', summary: 'show the version', group: commonGroup },
} as const satisfies OptionTable;

/** The names of the options that may stand before a sub-command as well as after it. */
export const optionsBeforeCommand: ReadonlySet<string> = new Set([
  '-q',
  '--quiet',
  '-v',
  '--verbose',
  '--color',
  '--no-color',
]);

/** Every option `command` understands: its own, those for its formats, and the common ones, in the order of help. */
export function allOptions(command: Command): OptionTable {
  return { ...command.options, ...formatOptions(command.formats), ...commonOptions };
}

function formatOptions(formats: FormatTable | undefined): OptionTable {
  if (formats === undefined) return {};
  const names = Object.keys(formats);
  const output: Record<string, OptionSpec> = {
    output: {
      type: 'text',
      short: 'o',
      placeholder: 'FILE',
      complete: 'file',
      group: 'Output',
      summary: 'write the result to FILE, whole or not at all; its ending implies the format',
    },
    format: {
      type: 'choice',
      choices: names,
      synonyms: namesByEnding(formats),
      group: 'Output',
      summary: `as ${names.map((name) => `${name} (${formats[name]!.summary})`).join(', ')}`,
    },
  };
  if (names.includes('json')) {
    output.json = { type: 'flag', group: 'Output', summary: 'the same as --format json' };
  }
  return output;
}

/** A file ending without its dot means the format too: `--format markdown`, where `.markdown` implies `md`. */
function namesByEnding(formats: FormatTable): Record<string, string> {
  const pairs = Object.entries(formats).flatMap(([name, { endings = [] }]) =>
    endings.map((ending): [string, string] => [ending.slice(1), name]),
  );
  // Of an ending that two formats have, the first in the table is meant, as with -o.
  return Object.fromEntries(pairs.reverse());
}

/** What stands for the option's value in help; undefined for flags. */
export function placeholderOf(name: string, option: OptionSpec): string | undefined {
  switch (option.type) {
    case 'flag':
      return undefined;
    case 'choice':
      return option.placeholder ?? option.choices.join('|');
    case 'number':
      return option.placeholder ?? 'N';
    case 'list':
    case 'text': {
      const text = option.placeholder ?? name.toUpperCase();
      return option.type === 'text' && option.optional === true ? `[${text}]` : text;
    }
  }
}

/** The usage line without the program: `FILE [OTHER…] [options]`. */
export function usageOf(command: Command): string {
  const words = Object.entries(command.positionals).map(([name, spec]) => {
    const word = `${name.toUpperCase()}${spec.variadic === true ? '…' : ''}`;
    return spec.required === true ? word : `[${word}]`;
  });
  return [...words, '[options]'].join(' ');
}
