import { codeAt, endOfWord, isDigit, PlainWordReader } from './plainWord.ts';
import type { ShellWord } from './word.ts';

const [tab, lineFeed, blank, hash, ampersand, closeParenthesis] = [9, 10, 32, 35, 38, 41];
const [semicolon, less, greater, backslash, bar] = [59, 60, 62, 92, 124];

const reserved = new Set(
  'if then else elif fi do done case esac while until for in function select time coproc [[ { } !'.split(' '),
);
const longestReserved = 8;
/** 1 for their first characters. */
const mayBeReserved = new Uint8Array(128);
for (const word of reserved) mayBeReserved[word.charCodeAt(0)] = 1;

/** A place in a text that is read as plain commands, and what stands there. */
export class PlainCursor {
  at = 0;
  /** Something is for the parser: the cursor is at the end, and all reading stops. */
  isGivenUp = false;
  /** So far there is one program with plain arguments. */
  isPlain = true;
  readonly text: string;
  readonly words: PlainWordReader;
  /** The reserved word at the place that has been looked at last. */
  #reservedAt = -1;
  #reserved: string | undefined;

  constructor(text: string) {
    this.text = text;
    this.words = new PlainWordReader(text);
  }

  giveUp(): void {
    this.isGivenUp = true;
    this.at = this.text.length;
  }

  get character(): number {
    return codeAt(this.text, this.at);
  }

  /** The reserved word that stands here and is not a part of a longer word. */
  reservedWord(): string | undefined {
    const { at } = this;
    if (this.#reservedAt !== at) {
      this.#reservedAt = at;
      const end = mayBeReserved[this.character] === 1 ? endOfWord(this.text, at) : -1;
      const word = end === -1 || end - at > longestReserved ? '' : this.text.slice(at, end);
      this.#reserved = reserved.has(word) ? word : undefined;
    }
    return this.#reserved;
  }

  /** Goes behind a reserved word, which must stand here. */
  take(word: string): void {
    if (this.reservedWord() === word) this.at += word.length;
    else this.giveUp();
  }

  /** The word that stands here, its variables left in `words`; gives up when there is none that is plain. */
  readWord(): ShellWord | undefined {
    const word = this.words.read(this.at);
    if (word === undefined) this.giveUp();
    else this.at = this.words.end;
    return word;
  }

  isAtEndOfWord(): boolean {
    return endOfWord(this.text, this.at) === this.at;
  }

  isAtEndOfCommand(): boolean {
    switch (this.character) {
      case lineFeed:
      case semicolon:
      case ampersand:
      case bar:
      case closeParenthesis:
        return true;
      default:
        return this.at >= this.text.length;
    }
  }

  isAtPipe(): boolean {
    const next = codeAt(this.text, this.at + 1);
    return this.character === bar && next !== bar && next !== ampersand;
  }

  isAtRedirection(): boolean {
    let { at } = this;
    while (isDigit(codeAt(this.text, at))) at++;
    const operator = codeAt(this.text, at);
    return operator === less || operator === greater;
  }

  /** Goes to the target of the redirection that stands here. Returns its operator without the number before it. */
  skipOperator(): string {
    const { text } = this;
    while (isDigit(this.character)) this.at++;
    const start = this.at;
    while (this.character === less || this.character === greater) this.at++;
    if (this.character === ampersand || this.character === bar) this.at++;
    const operator = text.slice(start, this.at);
    this.skipBlanks();
    return operator;
  }

  /** Blanks, and line breaks behind a backslash. */
  skipBlanks(): void {
    for (;;) {
      const { character } = this;
      if (character === blank || character === tab) this.at++;
      else if (character === backslash && codeAt(this.text, this.at + 1) === lineFeed) {
        this.at += 2;
        this.isPlain = false;
      } else return;
    }
  }

  /** Blanks, line breaks and comments. */
  skipLines(): void {
    for (;;) {
      this.skipBlanks();
      if (this.character === lineFeed) this.at++;
      else if (!this.skipComment()) return;
      this.isPlain = false;
    }
  }

  /** Whether there was one. Only to be asked where a word may begin. */
  skipComment(): boolean {
    if (this.character !== hash) return false;
    const end = this.text.indexOf('\n', this.at);
    this.at = end === -1 ? this.text.length : end;
    this.isPlain = false;
    return true;
  }
}
