import type { Command } from './command.ts';
import { CommandError } from './commandError.ts';
import type { CommandContext } from './context.ts';
import { exitCodes } from './exitCodes.ts';
import { chooseFormat } from './format.ts';
import { commandHelp } from './help.ts';
import type { CommandIo } from './io.ts';
import { colorsEnabled, palette } from './palette.ts';
import { parse, type UsageProblem } from './parse.ts';
import { renderError } from './renderError.ts';

export interface RunCommandOptions {
  /** How the command is called: `executioner run`. */
  readonly calledAs: string;
  /** The program: `executioner`. */
  readonly name: string;
  readonly version: string;
}

/**
 * Parses `argv` (what follows the command's name), runs the command, and returns the exit code. Never throws:
 * errors are shown on standard error, with a stack trace only for our own bugs and `--verbose`.
 */
export async function runCommand(
  command: Command,
  argv: readonly string[],
  io: CommandIo,
  { calledAs, name, version }: RunCommandOptions,
): Promise<number> {
  const { values, deprecations, problems } = parse(command, argv);
  const asked = values.color as boolean | undefined;
  const colors = palette(colorsEnabled(io.stdout, io.env, asked));
  const messageColors = palette(colorsEnabled(io.stderr, io.env, asked));
  if (values.help === true)
    return print(io, commandHelp(command, { calledAs, columns: io.stdout.columns ?? 80, colors }));
  if (values.version === true) return print(io, `${name} ${version}\n`);

  const verbose = values.verbose === true;
  const output = values.output as string | undefined;
  const toFile = output !== undefined && output !== '-';
  try {
    if (problems.length > 0) throw usageError(problems, calledAs);
    const context: CommandContext = {
      io,
      calledAs,
      version,
      quiet: values.quiet === true,
      verbose,
      colors: toFile ? palette(asked === true) : colors,
      messageColors,
      columns: toFile ? Number.POSITIVE_INFINITY : (io.stdout.columns ?? Number.POSITIVE_INFINITY),
      format: command.formats === undefined ? '' : chooseFormat(command.formats, values),
      output,
      writeResult: (data) => writeResult(data, context),
      note: (message) => {
        if (!context.quiet) io.stderr.write(`${message}\n`);
      },
      warn: (message) => io.stderr.write(`${messageColors.yellow('warning')}: ${message}\n`),
    };
    for (const sentence of deprecations) context.warn(sentence);
    return await command.run(values, context);
  } catch (error) {
    io.stderr.write(
      renderError(error, { calledAs, version, runtime: io.runtime, verbose, colors: messageColors }),
    );
    return error instanceof CommandError ? error.exitCode : exitCodes.internal;
  }
}

function print(io: CommandIo, text: string): number {
  io.stdout.write(text);
  return exitCodes.done;
}

function usageError(problems: readonly UsageProblem[], calledAs: string): CommandError {
  const [first, ...rest] = problems.map(({ message, hint }) =>
    hint === undefined ? message : `${message} (${hint})`,
  );
  if (rest.length === 0) {
    const hint = problems[0]!.hint ?? `see ${calledAs} --help`;
    return new CommandError('USAGE', problems[0]!.message, { hint });
  }
  return new CommandError('USAGE', [first, ...rest.map((line) => `  and ${line}`)].join('\n'), {
    hint: `see ${calledAs} --help`,
  });
}

async function writeResult(data: string | Uint8Array, { io, output, note }: CommandContext): Promise<void> {
  if (output === undefined || output === '-') {
    io.stdout.write(data);
    return await io.stdout.drained();
  }
  const { writeOutput } = await import('./output.ts');
  await writeOutput(output, data, io.cwd);
  note(`wrote ${output}`);
}
