import type { CommandFacts, Dialect } from './commandFacts.ts';
import { type Done, nothing, PlainCommandReader } from './plainCommandReader.ts';
import { PlainCursor } from './plainCursor.ts';
import { codeAt } from './plainWord.ts';

const [lineFeed, ampersand, openParenthesis, closeParenthesis, semicolon, bar] = [10, 38, 40, 41, 59, 124];

/** Parentheses and blocks inside each other further than this are left to the parser. */
const maximumDepth = 50;

/**
 * The facts of a command of plain words: programs with arguments in lists, pipes, assignments, redirections, `if`, `for`,
 * `while` and subshells, and of quoting and expansion nothing but `'…'`, `"…"`, `$NAME`, `${NAME}`, `*` and `?`. Most commands
 * are such, and are read in a fraction of the time that a parser takes with its tree. Undefined for all others, and for
 * every text in which the parser would see a mistake.
 */
export function readPlainCommand(text: string, dialect: Dialect): CommandFacts | undefined {
  return new PlainReader(text, dialect).read();
}

/** Reads lists, pipes and blocks. */
class PlainReader {
  readonly #cursor: PlainCursor;
  readonly #commands: PlainCommandReader;
  #depth = 0;

  constructor(text: string, dialect: Dialect) {
    this.#cursor = new PlainCursor(text);
    this.#commands = new PlainCommandReader(this.#cursor, dialect);
  }

  read(): CommandFacts | undefined {
    const cursor = this.#cursor;
    const { facts } = this.#commands;
    const last = this.#readList();
    if (cursor.isGivenUp || cursor.at < cursor.text.length) return undefined;
    facts.isPlain = cursor.isPlain;
    facts.sortInvocations();
    if (last.pipe !== undefined) {
      const [first, { program: lastProgram }] = last.pipe;
      facts.finalPipe = { start: first.start, end: first.end, first: first.program, last: lastProgram };
    }
    return facts;
  }

  /** Statements up to a reserved word that ends a block, a parenthesis, or the end of the text. */
  #readList(): Done {
    const cursor = this.#cursor;
    for (let last: Done | undefined; ; ) {
      cursor.skipLines();
      if (this.#isAtEndOfList()) {
        if (last === undefined) cursor.giveUp();
        return last ?? nothing;
      }
      last = this.#readAndOr();
      const separator = cursor.character;
      if (separator === semicolon || separator === lineFeed) {
        cursor.at++;
        cursor.isPlain = false;
      } else if (cursor.at < cursor.text.length && !this.#isAtEndOfList()) cursor.giveUp();
    }
  }

  #isAtEndOfList(): boolean {
    const cursor = this.#cursor;
    if (cursor.at >= cursor.text.length) return true;
    if (cursor.character === closeParenthesis) return true;
    const word = cursor.reservedWord();
    return word !== undefined && !['if', 'for', 'while', 'until'].includes(word);
  }

  /** `a && b || c` */
  #readAndOr(): Done {
    const cursor = this.#cursor;
    const { facts, scopes } = this.#commands;
    const start = cursor.at;
    const { isConditional } = scopes.current;
    const mark = facts.mark();
    const { shellSyntax } = facts;
    let last = this.#readPipeline();
    let isList = false;
    for (;;) {
      const operator = cursor.character;
      const isOr = operator === bar;
      if ((operator !== ampersand && !isOr) || codeAt(cursor.text, cursor.at + 1) !== operator) break;
      isList = true;
      cursor.at += 2;
      cursor.skipLines();
      if (isOr || asks(last)) scopes.current.isConditional = true;
      const before = facts.mark();
      const next = this.#readPipeline();
      if (isOr && (next.program === 'true' || next.program === ':')) facts.forgive(mark, before);
      last = next;
    }
    scopes.current.isConditional = isConditional;
    if (isList) {
      cursor.isPlain = false;
      facts.shellSyntax = shellSyntax ?? { start, end: last.end };
    }
    return last;
  }

  /** `a | b`: what each of them changes is its own matter. */
  #readPipeline(): Done {
    const cursor = this.#cursor;
    const { facts, scopes } = this.#commands;
    const { folder, pathChanges } = scopes.current;
    const { shellSyntax } = facts;
    const first = this.#readCommand();
    if (!cursor.isAtPipe()) return first;
    let last = first;
    while (cursor.isAtPipe()) {
      cursor.at++;
      cursor.skipLines();
      scopes.current.folder = folder;
      scopes.current.pathChanges = pathChanges;
      last = this.#readCommand();
    }
    scopes.current.folder = folder;
    scopes.current.pathChanges = pathChanges;
    cursor.isPlain = false;
    const { start } = first;
    const { end } = last;
    facts.shellSyntax = shellSyntax ?? { start, end };
    return { start, end, program: undefined, pipe: [first, last] };
  }

  #readCommand(): Done {
    const cursor = this.#cursor;
    const start = cursor.at;
    if (codeAt(cursor.text, start) === openParenthesis) return this.#readSubshell();
    switch (cursor.reservedWord()) {
      case undefined:
        return this.#commands.read();
      case 'if':
        return this.#readIf();
      case 'for':
        return this.#readFor();
      case 'while':
      case 'until':
        return this.#readWhile();
      default:
        cursor.giveUp();
        return nothing;
    }
  }

  #readSubshell(): Done {
    const cursor = this.#cursor;
    const start = cursor.at;
    // `((` is arithmetic.
    if (codeAt(cursor.text, start + 1) === openParenthesis) cursor.giveUp();
    const outer = this.#commands.scopes.enter();
    const { shellSyntax } = this.#commands.facts;
    this.#enterBlock();
    cursor.at++;
    this.#readList();
    if (cursor.character === closeParenthesis) cursor.at++;
    else cursor.giveUp();
    this.#commands.scopes.leave(outer);
    const block = this.#leaveBlock(start);
    this.#commands.facts.shellSyntax = shellSyntax ?? { start, end: block.end };
    return block;
  }

  #readIf(): Done {
    const cursor = this.#cursor;
    const start = cursor.at;
    this.#enterBlock();
    cursor.take('if');
    this.#readList();
    cursor.take('then');
    this.#readBranch();
    while (cursor.reservedWord() === 'elif') {
      // The condition of `elif` stands in the same branch as what follows it.
      cursor.take('elif');
      this.#commands.scopes.branch(() => {
        this.#readList();
        cursor.take('then');
        this.#readList();
      });
    }
    if (cursor.reservedWord() === 'else') {
      cursor.take('else');
      this.#readBranch();
    }
    cursor.take('fi');
    return this.#leaveBlock(start);
  }

  #readBranch(): void {
    this.#commands.scopes.branch(() => void this.#readList());
  }

  #readWhile(): Done {
    const cursor = this.#cursor;
    const start = cursor.at;
    this.#enterBlock();
    cursor.take(cursor.reservedWord()!);
    this.#readList();
    cursor.take('do');
    this.#readBranch();
    cursor.take('done');
    return this.#leaveBlock(start);
  }

  /** `for NAME in words; do … done` */
  #readFor(): Done {
    const cursor = this.#cursor;
    const start = cursor.at;
    this.#enterBlock();
    cursor.take('for');
    cursor.skipBlanks();
    const name = cursor.readWord()?.text ?? '';
    if (!/^[A-Za-z_]\w*$/.test(name) || cursor.words.form !== 'bare') cursor.giveUp();
    this.#commands.facts.addName('sets', name);
    cursor.skipBlanks();
    cursor.take('in');
    for (;;) {
      cursor.skipBlanks();
      const { character } = cursor;
      if (character === semicolon || character === lineFeed) break;
      if (cursor.readWord() === undefined) return nothing;
      this.#commands.noteVariables();
    }
    cursor.at++;
    cursor.skipLines();
    cursor.take('do');
    this.#commands.scopes.loop(() => void this.#readList());
    cursor.take('done');
    return this.#leaveBlock(start);
  }

  #enterBlock(): void {
    const cursor = this.#cursor;
    cursor.isPlain = false;
    if (++this.#depth > maximumDepth) cursor.giveUp();
  }

  /** Where a block ends. What follows it directly, such as a redirection of the whole, is for the parser. */
  #leaveBlock(start: number): Done {
    const cursor = this.#cursor;
    this.#depth--;
    const end = cursor.at;
    cursor.skipBlanks();
    if (!cursor.isAtEndOfCommand()) cursor.giveUp();
    return { start, end, program: undefined, pipe: undefined };
  }
}

/** Whether what follows `&&` is a branch. */
function asks({ program }: Done): boolean {
  return program !== undefined && ['[', 'test', 'command', 'which', 'type', 'hash'].includes(program);
}
