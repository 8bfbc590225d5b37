export type { Command, CommandSpec, ExampleSpec, FormatSpec, FormatTable } from './command.ts';
export { defineCommand } from './command.ts';
export { CommandError, type CommandErrorOptions } from './commandError.ts';
export type { CommandContext } from './context.ts';
export { exitCodeMeanings, exitCodeOfSignal, exitCodes } from './exitCodes.ts';
export type { Clock, CommandIo, InputStream, SignalName, TextSink } from './io.ts';
export type {
  ChoiceOption,
  CommandArguments,
  CompletionValues,
  FlagOption,
  ListOption,
  NumberOption,
  OptionSpec,
  OptionTable,
  PositionalSpec,
  PositionalTable,
  TextOption,
} from './options.ts';
export { colorsEnabled, type Palette, palette } from './palette.ts';
export type { CommandEntry, Program } from './program.ts';
