import type { Dialect } from './commandFacts.ts';
import { FactsBuilder } from './factsBuilder.ts';
import { changeFolder } from './folderChange.ts';
import { type InvocationContext, readInvocation } from './invocationReader.ts';
import { knownProgram } from './knownProgram.ts';
import type { Part } from './part.ts';
import type { PlainCursor } from './plainCursor.ts';
import { endOfName } from './plainWord.ts';
import { Scopes } from './scope.ts';
import { literalOf, type ShellWord, TextWord } from './word.ts';
import { isQuestion } from './wrappers.ts';

/** What follows them is no plain word, or sets what is not followed up here. */
const leftToParser = new Set('export declare typeset readonly local alias eval let'.split(' '));

/** What has been read last, where it matters for what comes next: a command or a pipe of several. */
export interface Done extends Part {
  /** The name of the program, when it is a plain word; undefined for pipes and blocks. */
  readonly program: string | undefined;
  /** Of a pipe: its first and its last command. */
  readonly pipe: readonly [Done, Done] | undefined;
}

export const nothing: Done = { start: 0, end: 0, program: undefined, pipe: undefined };

/** Reads one program after the other, each with its assignments, arguments and redirections, and gathers their facts. */
export class PlainCommandReader implements InvocationContext {
  readonly facts = new FactsBuilder();
  readonly scopes = new Scopes();
  readonly dialect: Dialect;
  readonly #cursor: PlainCursor;
  /** Behind the last word or redirection. */
  #end = 0;

  constructor(cursor: PlainCursor, dialect: Dialect) {
    this.#cursor = cursor;
    this.dialect = dialect;
  }

  place(start: number, end: number): Part {
    return { start, end };
  }

  /** A text inside the command is for the parser. */
  readText(): undefined {
    this.#cursor.giveUp();
  }

  placesIn(): undefined {}

  /** A here-document is for the parser, too. */
  inputText(): undefined {}

  read(): Done {
    const cursor = this.#cursor;
    const start = cursor.at;
    const assignments = this.#readAssignments();
    if (assignments === undefined) return this.#readProgram(start, false);
    const end = assignments.at(-1)!.value.end;
    cursor.skipComment();
    const paths = assignments.filter(({ name }) => name === 'PATH');
    if (cursor.isAtEndOfCommand()) {
      for (const { value } of paths) this.scopes.changePath(value);
      return { start, end, program: undefined, pipe: undefined };
    }
    // Behind an assignment a reserved word is a program.
    if (cursor.reservedWord() !== undefined) cursor.giveUp();
    return this.#readProgram(start, paths.length > 0);
  }

  /** `NAME=value` before a program, or without one. */
  #readAssignments(): { readonly name: string; readonly value: ShellWord }[] | undefined {
    const cursor = this.#cursor;
    let found: { readonly name: string; readonly value: ShellWord }[] | undefined;
    for (;;) {
      const equals = endOfName(cursor.text, cursor.at);
      if (equals === -1) return found;
      cursor.isPlain = false;
      const name = cursor.text.slice(cursor.at, equals);
      cursor.at = equals + 1;
      const value = this.#readValue();
      if (value === undefined) return found;
      this.facts.addName('sets', name);
      this.facts.addAssignment({ name, value });
      found ??= [];
      found.push({ name, value });
      cursor.skipBlanks();
    }
  }

  #readValue(): ShellWord | undefined {
    const cursor = this.#cursor;
    const { at } = cursor;
    if (cursor.isAtEndOfWord()) return new TextWord({ start: at, end: at }, '');
    const value = cursor.readWord();
    if (value !== undefined) this.noteVariables();
    return value;
  }

  #readProgram(start: number, setsPath: boolean): Done {
    const { facts } = this;
    const cursor = this.#cursor;
    // A redirection before the program is for the parser.
    if (cursor.isAtRedirection()) cursor.giveUp();
    const name = cursor.readWord();
    if (name === undefined) return nothing;
    const isBare = cursor.words.form === 'bare';
    const program = name.text ?? '';
    if (cursor.text.slice(name.start, name.end).includes('=') || leftToParser.has(program)) cursor.giveUp();
    this.noteVariables();
    const firstUse = facts.uses.length;
    const args: ShellWord[] = [];
    const redirections = this.#readArguments(args);
    const end = this.#end;
    const { isOrdinary } = knownProgram(program);
    if (isOrdinary && !setsPath) facts.addInvocation(name, args, this.scopes.current);
    else this.#readSpecial(name, args, { firstUse, setsPath });
    if (!isBare || !isOrdinary) cursor.isPlain = false;
    for (const at of redirections) this.#noteRedirection(at);
    return { start, end, program: isBare ? program : undefined, pipe: undefined };
  }

  /** Puts the arguments into `args`. Returns where redirections stand between them. */
  #readArguments(args: ShellWord[]): readonly number[] {
    const cursor = this.#cursor;
    let redirections: number[] | undefined;
    for (;;) {
      this.#end = cursor.at;
      cursor.skipBlanks();
      if (cursor.isAtRedirection()) {
        redirections ??= [];
        redirections.push(cursor.at);
        cursor.isPlain = false;
        cursor.skipOperator();
        cursor.readWord();
      } else {
        cursor.skipComment();
        if (cursor.isAtEndOfCommand()) return redirections ?? none;
        const word = cursor.readWord();
        if (word === undefined) return none;
        args.push(word);
        this.noteVariables();
        if (cursor.words.form === 'mixed') cursor.isPlain = false;
      }
    }
  }

  /** What more there is to say of a program than that it is started. */
  #readSpecial(
    name: ShellWord,
    args: readonly ShellWord[],
    { firstUse, setsPath }: { readonly firstUse: number; readonly setsPath: boolean },
  ): void {
    const program = name.text ?? '';
    if (program === '[' || program === 'test' || isQuestion(program, args)) this.facts.guardUses(firstUse);
    const outer = this.scopes.enter();
    if (setsPath) this.scopes.changePath(undefined);
    readInvocation(name, args, this);
    this.scopes.leave(outer);
    changeFolder(program, args, this);
  }

  /** Notes the variables of the word that has been read last. */
  noteVariables(): void {
    const { variables } = this.#cursor.words;
    for (let index = 0; index < variables.length; index++) {
      const { name, start, end, isBraced } = variables[index]!;
      this.facts.addUse({ name, start, end, isGuarded: false });
      // `${NAME}` alone is replaced also where there is no shell.
      if (!isBraced) this.facts.shellSyntax ??= { start, end };
    }
  }

  /** Redirections are noted behind all arguments. */
  #noteRedirection(start: number): void {
    const { facts, scopes } = this;
    const cursor = this.#cursor;
    if (cursor.isGivenUp) return;
    const behind = cursor.at;
    cursor.at = start;
    const operator = cursor.skipOperator();
    const target = cursor.readWord();
    if (target === undefined) return;
    facts.shellSyntax ??= { start, end: cursor.at };
    this.noteVariables();
    cursor.at = behind;
    if (operator === '>&' || operator === '<&') {
      if (!/^(?:\d+|-)$/.test(literalOf(target) ?? '')) cursor.giveUp();
      return;
    }
    if (operator !== '<' && operator !== '>' && operator !== '>>') cursor.giveUp();
    const { folder, isConditional, isTolerated } = scopes.current;
    const kind = operator === '<' ? 'read' : 'write';
    facts.addRedirection({ kind, appends: operator === '>>', target, folder, isConditional, isTolerated });
  }
}

const none: readonly never[] = [];
