import type { Command, ExampleSpec } from './command.ts';
import { exitCodeMeanings } from './exitCodes.ts';
import type { OptionSpec } from './options.ts';
import type { Palette } from './palette.ts';
import type { Program } from './program.ts';
import { dashed } from './spellings.ts';
import { allOptions, placeholderOf, usageOf } from './usage.ts';
import { type ListRow, leftWidth, twoColumns, wrap } from './wrap.ts';

export interface HelpOptions {
  /** How the command is called: `executioner run`. */
  readonly calledAs: string;
  readonly columns: number;
  readonly colors: Palette;
}

/** The text of `<command> --help`. */
export function commandHelp(command: Command, { calledAs, columns, colors }: HelpOptions): string {
  const width = helpWidth(columns);
  const groups = optionGroups(command);
  const left = leftWidth(
    groups.flatMap(([, list]) => list),
    width,
  );
  const rows = (list: readonly ListRow[]) => twoColumns(list, { width, left, paint: colors.cyan });
  const sections = [
    [...wrap(`${calledAs}: ${command.summary}`, width)],
    [`${colors.bold('Usage:')} ${calledAs} ${usageOf(command)}`],
    ...paragraphs(command.description, width),
    section('Arguments', rows(positionalRows(command)), colors),
    ...groups.map(([group, list]) => section(group, rows(list), colors)),
    section('Examples', exampleLines(command, calledAs, width, colors), colors),
    section('Exit codes', list(exitCodeRows(command), width, colors), colors),
  ];
  return join(sections);
}

/** The text of `<program> --help`; needs no command to be loaded. */
export function programHelp(program: Program, { calledAs, columns, colors }: HelpOptions): string {
  const width = helpWidth(columns);
  const rows = program.commands.map(({ name, summary }) => ({ left: name, right: summary }));
  const fallback = program.defaultCommand;
  return join([
    wrap(program.summary, width),
    [`${colors.bold('Usage:')} ${calledAs} COMMAND [arguments] [options]`],
    section('Commands', list([...rows, ...builtInRows], width, colors), colors),
    fallback === undefined
      ? []
      : wrap(
          `Without a COMMAND, an option or a file goes to ${fallback}: ${calledAs} nightly.yaml is ${calledAs} ${fallback} nightly.yaml.`,
          width,
        ),
    [`${calledAs} help COMMAND (or ${calledAs} COMMAND --help) explains one command.`],
    section(
      'Exit codes',
      list(
        exitCodeMeanings.map(([left, right]) => ({ left, right })),
        width,
        colors,
      ),
      colors,
    ),
  ]);
}

const builtInRows: readonly ListRow[] = [
  { left: 'help', right: 'explain a command' },
  { left: 'completion', right: 'print the completion script for bash, zsh or fish' },
];

/** The options of a command under their headings, in the order of help; the common ones come last. */
export function optionGroups(command: Command): [group: string, rows: ListRow[]][] {
  const groups = new Map<string, ListRow[]>();
  for (const [name, option] of Object.entries(allOptions(command))) {
    if (option.hidden === true) continue;
    const group = option.group ?? 'Options';
    const rows = groups.get(group) ?? [];
    groups.set(group, rows);
    rows.push({ left: optionUsage(name, option), right: `${option.summary}${defaultOf(option)}` });
  }
  return [...groups];
}

/** `-c, --config FILE`. */
export function optionUsage(name: string, option: OptionSpec): string {
  const short = option.short === undefined ? '    ' : `${dashed(option.short)}, `;
  const long = option.type === 'flag' && option.negatable === true ? `--[no-]${name}` : dashed(name);
  return [`${short}${long}`, placeholderOf(name, option) ?? ''].join(' ').trimEnd();
}

/** ` (default: 80)`, or nothing. */
export function defaultOf(option: OptionSpec): string {
  return 'default' in option && option.default !== undefined ? ` (default: ${option.default})` : '';
}

/** The exit codes a command can have: the general ones, in its own words where it has some, and its own. */
export function exitCodeRows({ exitCodes = {} }: Command): ListRow[] {
  const meanings = new Map<string, string | undefined>([...exitCodeMeanings, ...Object.entries(exitCodes)]);
  return [...meanings].flatMap(([left, right]) => (right === undefined ? [] : [{ left, right }]));
}

function list(rows: readonly ListRow[], width: number, colors: Palette): string[] {
  return twoColumns(rows, { width, left: leftWidth(rows, width), paint: colors.cyan });
}

function positionalRows(command: Command): ListRow[] {
  return Object.entries(command.positionals).map(([name, { summary }]) => ({
    left: name.toUpperCase(),
    right: summary,
  }));
}

/** An example as it is typed: with the program in front of a sub-command, or under the bin's name. */
export function exampleLine({ command }: ExampleSpec, calledAs: string): string {
  const words = calledAs.split(' ');
  const isSubcommand = words.length > (words[0] === 'npx' ? 2 : 1);
  return isSubcommand ? [...words.slice(0, -1), command].join(' ') : command.replace(/^\S+/, () => calledAs);
}

function exampleLines(command: Command, calledAs: string, width: number, colors: Palette): string[] {
  return command.examples.flatMap((example) => [
    `  ${colors.cyan(`$ ${exampleLine(example, calledAs)}`)}`,
    ...wrap(example.summary, width - 4).map((text) => `    ${text}`),
  ]);
}

function section(title: string, lines: readonly string[], colors: Palette): string[] {
  return lines.length === 0 ? [] : [colors.bold(`${title}:`), ...lines];
}

function paragraphs(text: string | undefined, width: number): string[][] {
  return (text ?? '').split(/\n\s*\n/).map((paragraph) => wrap(paragraph, width));
}

function join(sections: readonly (readonly string[])[]): string {
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Lines longer than 100 characters are hard to read, and under 40 nothing fits. */
function helpWidth(columns: number): number {
  return Math.max(40, Math.min(100, columns));
}
