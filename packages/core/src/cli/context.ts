import type { CommandIo } from './io.ts';
import type { Palette } from './palette.ts';

/** What the kit hands to a command besides its own arguments. */
export interface CommandContext {
  readonly io: CommandIo;
  /** How the command was called, for messages: `executioner run`. */
  readonly calledAs: string;
  /** Version of the program. */
  readonly version: string;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Colours for the result and for messages; plain where they are off. */
  readonly colors: Palette;
  readonly messageColors: Palette;
  /** Columns to fit the result into. Infinite unless it goes to a terminal: in a pipe or file nothing is shortened. */
  readonly columns: number;
  /** The chosen format (a key of the command's `formats`), the default one where none was asked for. */
  readonly format: string;
  /** The file asked for with `-o`, as typed. */
  readonly output: string | undefined;
  /** Writes the result: to the file of `-o`, whole or not at all, else to standard output. */
  writeResult(data: string | Uint8Array): Promise<void>;
  /** A line on standard error, unless `--quiet`. */
  note(message: string): void;
  /** A warning on standard error, also with `--quiet`. */
  warn(message: string): void;
}
