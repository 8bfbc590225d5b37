export { parseAssignments } from './assignments.ts';
export type { Command, CommandSpec, ExampleSpec, FormatSpec, FormatTable } from './command.ts';
export { defineCommand } from './command.ts';
export { CommandError, type CommandErrorOptions } from './commandError.ts';
export { type Completion, type CompletionRoot, complete } from './completion.ts';
export { type CompletionShell, completionScript, completionShells } from './completionScript.ts';
export type { CommandContext } from './context.ts';
export { exitCodeMeanings, exitCodeOfSignal, exitCodes } from './exitCodes.ts';
export { commandHelp, type HelpOptions, programHelp } from './help.ts';
export { inputError, readInput, readStdin } from './input.ts';
export type { Clock, CommandIo, InputStream, SignalName, TextSink } from './io.ts';
export { type MemoryIo, type MemoryIoOptions, memoryIo } from './memoryIo.ts';
export { type NodeSink, nodeIo, runAsProcess } from './nodeIo.ts';
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
export { writeOutput } from './output.ts';
export { colorsEnabled, type Palette, palette } from './palette.ts';
export type { CommandEntry, Program } from './program.ts';
export { commandReference, commonOptionsReference } from './reference.ts';
export { type RenderErrorOptions, renderError } from './renderError.ts';
export { runProgram } from './runProgram.ts';
export { runTool, type ToolOptions } from './runTool.ts';
export { wrap as wrapText } from './wrap.ts';
