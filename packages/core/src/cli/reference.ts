import type { Command } from './command.ts';
import { defaultOf, exampleLine, exitCodeRows } from './help.ts';
import type { OptionSpec } from './options.ts';
import { dashed } from './spellings.ts';
import { allOptions, commonGroup, placeholderOf, usageOf } from './usage.ts';

/** The reference of a command as a section of a Markdown page, made from the table that parses its command line. */
export function commandReference(command: Command, calledAs: string): string {
  const groups = optionsByGroup(command).filter(([group]) => group !== commonGroup);
  const blocks = [
    `## ${calledAs}`,
    `${sentence(command.summary)}`,
    fenced([`${calledAs} ${usageOf(command)}`]),
    ...(command.description ?? '').split(/\n\s*\n/).map((paragraph) => paragraph.replace(/\s+/g, ' ')),
    table(
      ['Argument', 'Meaning'],
      Object.entries(command.positionals).map(([name, { summary }]) => [
        code(name.toUpperCase()),
        sentence(summary),
      ]),
    ),
    ...groups.flatMap(([group, options]) => [`### ${group}`, optionTable(options)]),
    '### Examples',
    fenced(command.examples.flatMap((example) => [`# ${example.summary}`, exampleLine(example, calledAs)])),
    '### Exit codes',
    table(
      ['Code', 'Meaning'],
      exitCodeRows(command).map(({ left, right }) => [left, sentence(right)]),
    ),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The options that every command has, as a Markdown table. */
export function commonOptionsReference(command: Command): string {
  return optionTable(optionsByGroup(command).find(([group]) => group === commonGroup)?.[1] ?? []);
}

type NamedOption = readonly [name: string, option: OptionSpec];

function optionsByGroup(command: Command): [group: string, options: NamedOption[]][] {
  const groups = new Map<string, NamedOption[]>();
  for (const [name, option] of Object.entries(allOptions(command))) {
    if (option.hidden === true) continue;
    const group = option.group ?? 'Options';
    groups.set(group, [...(groups.get(group) ?? []), [name, option]]);
  }
  return [...groups];
}

function optionTable(options: readonly NamedOption[]): string {
  return table(
    ['Option', 'Meaning'],
    options.map(([name, option]) => [optionCell(name, option), optionMeaning(option)]),
  );
}

function optionCell(name: string, option: OptionSpec): string {
  const long =
    option.type === 'flag' && option.negatable === true
      ? [dashed(name), dashed(`no-${name}`)]
      : [dashed(name)];
  const spellings = [
    ...(option.short === undefined ? [] : [dashed(option.short)]),
    ...long,
    ...(option.aliases ?? []).map(dashed),
  ];
  const value = placeholderOf(name, option);
  return [...spellings.map(code), ...(value === undefined ? [] : [code(value)])].join(' ');
}

function optionMeaning(option: OptionSpec): string {
  const notes = [
    sentence(`${option.summary}${defaultOf(option)}`),
    ...listed('Not with', option.conflicts),
    ...listed('Needs', option.requires),
    ...listed('Old spelling:', option.deprecated),
  ];
  return notes.filter((note) => note !== '').join(' ');
}

function listed(words: string, names: readonly string[] | undefined): string[] {
  return names === undefined || names.length === 0
    ? []
    : [`${words} ${names.map((name) => code(dashed(name))).join(', ')}.`];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function fenced(lines: readonly string[]): string {
  return ['```sh', ...lines, '```'].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Help has lines, a page has sentences. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
