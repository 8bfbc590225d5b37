import { type Command, commandReference, commonOptionsReference, exitCodeMeanings } from '@executioner/core';
import { program } from './program.ts';

/** The page docs/commands.md: every command, made from the tables that parse the command lines. */
export async function commandsPage(): Promise<string> {
  const commands: Command[] = [];
  for (const entry of program.commands) commands.push(await entry.load());
  const sections = commands.map((command) => commandReference(command, `${program.name} ${command.name}`));
  const exitCodes = exitCodeMeanings.map(([code, meaning]) => `| ${code} | ${meaning} |`);
  return [
    '<!-- Made by scripts/generate-commands.mjs from the flag tables. -->',
    '',
    '# Commands',
    '',
    `\`${program.name} COMMAND [arguments] [options]\`; with an option or a file in place of COMMAND it is`,
    `\`${program.name} ${program.defaultCommand}\`, so \`${program.name} -c jobs.json --parallel\` runs a workflow. Without installation:`,
    `\`npx @executioner/cli COMMAND …\`. \`${program.name} help COMMAND\` shows in the terminal what stands here.`,
    '',
    'Results go to standard output, messages to standard error. A reader that goes away (`… | head`) does not stop a',
    'command. Files named with `-o` are written whole or not at all.',
    '',
    '## Options of all commands',
    '',
    commonOptionsReference(commands[0]!),
    '',
    'Colours are off in a pipe or a file, with `--no-color`, and where `NO_COLOR` is set; `--color` and `FORCE_COLOR`',
    'turn them on.',
    '',
    '## Exit codes',
    '',
    '| Code | Meaning |',
    '| --- | --- |',
    ...exitCodes,
    '',
    '## Shell completion',
    '',
    `\`${program.name} completion bash\` (or \`zsh\`, \`fish\`) prints a script; its first line says where to put it. It completes`,
    'commands, options, files and, where a command knows them, values such as the numbers of runs.',
    '',
    sections.join('\n'),
  ].join('\n');
}
