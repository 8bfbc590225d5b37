import type { KnownProgram } from './knownProgram.ts';
import type { Part } from './part.ts';
import type { ShellWord } from './word.ts';

/** The language of a command: that of /bin/sh, that of bash, or a relative of theirs that is read with goodwill. */
export type Dialect = 'posix' | 'bash' | 'other';

/** The current folder at a place in a command: that of the job and the words of the `cd`s so far; undefined: unknown. */
export type Folder = readonly ShellWord[] | undefined;

/** What the command has assigned to PATH so far, each in terms of the one before. `undefined` in it: not known. */
export type PathChanges = readonly (ShellWord | undefined)[];

/** One program that the command starts, wrappers such as `env` and `sudo` taken off. */
export interface Invocation {
  readonly name: ShellWord;
  /** What the program is known for; undefined when only a run can tell its name. */
  readonly program: KnownProgram | undefined;
  readonly args: readonly ShellWord[];
  readonly folder: Folder;
  readonly pathChanges: PathChanges;
  /** It stands in a branch, so that it may never be reached. */
  readonly isConditional: boolean;
  /** Its failure is caught (`|| true`). */
  readonly isTolerated: boolean;
}

/** A file that a redirection reads or writes. */
export interface Redirection extends Pick<Invocation, 'folder' | 'isConditional' | 'isTolerated'> {
  readonly kind: 'read' | 'write';
  /** It writes behind what is there (`>>`). */
  readonly appends: boolean;
  readonly target: ShellWord;
}

/** A folder that the command changes to. */
export interface FolderChange extends Pick<Invocation, 'folder' | 'isConditional' | 'isTolerated'> {
  readonly target: ShellWord;
}

export interface VariableUse extends Part {
  readonly name: string;
  /** The command says what happens when it is not set, or asks whether it is. */
  readonly isGuarded: boolean;
}

/** A variable that the command sets, with what it is set to. */
export interface VariableAssignment {
  readonly name: string;
  readonly value: ShellWord;
}

export interface SyntaxProblem extends Part {
  readonly message: string;
  /** The text inside the command that another shell is given (`bash -c '…'`), when the problem is in it. */
  readonly nested?: { readonly shell: string; readonly text: string };
}

/** Syntax that plain `sh` does not have. */
export interface BashSyntax extends Part {
  readonly what: string;
}

/** The pipe that a command ends with: what becomes of its last program is what becomes of the command. */
export interface FinalPipe extends Part {
  /** The first program and the last one, where they are programs and can be told. */
  readonly first: string | undefined;
  readonly last: string | undefined;
}

/** What can be read off the text of a command without running it. */
export interface CommandFacts {
  /** One program with plain arguments: there is nothing in it but words. */
  readonly isPlain: boolean;
  readonly problems: readonly SyntaxProblem[];
  readonly bashSyntax: readonly BashSyntax[];
  /** In the order of the text. */
  readonly invocations: readonly Invocation[];
  readonly redirections: readonly Redirection[];
  readonly folderChanges: readonly FolderChange[];
  readonly uses: readonly VariableUse[];
  readonly assignments: readonly VariableAssignment[];
  /** Names of all variables that the command sets itself, by whatever means. */
  readonly sets: ReadonlySet<string>;
  /** Functions and aliases that the command defines. */
  readonly functions: ReadonlySet<string>;
  /** Programs that the command asks for (`command -v jq`) before it uses them. */
  readonly probedPrograms: ReadonlySet<string>;
  /** Paths that the command asks for (`[ -f x ]`), as written. */
  readonly probedPaths: ReadonlySet<string>;
  /** It takes in shell code from elsewhere (`. ./env.sh`, `eval`): variables and functions may come from there. */
  readonly readsForeignCode: boolean;
  /** Commands that are left running when the shell has ended. */
  readonly background: readonly Part[];
  readonly finalPipe: FinalPipe | undefined;
  /** Places where the command uses operators and expansions of a shell. */
  readonly shellSyntax: Part | undefined;
}
