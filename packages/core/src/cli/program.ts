import type { Command } from './command.ts';

/** A command of a program, known by name and summary until it is needed. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}

/** A program of several commands: `executioner <command> …`. */
export interface Program {
  readonly name: string;
  readonly summary: string;
  readonly version: string;
  readonly commands: readonly CommandEntry[];
  /** Takes over when the first word is an option of its own or an existing file. */
  readonly defaultCommand?: string;
}
