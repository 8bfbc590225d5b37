/** A masked value within a masked text. */
export const wildText = '\0';

/**
 * A piece of a masked line: a value (a word, name or number, whole or in part masked, perhaps empty) or a mark of
 * punctuation. Values are what templates differ in; marks must agree.
 */
export interface Token {
  readonly isValue: boolean;
  readonly text: string;
  /** Whether a blank stands in front. */
  readonly spaced: boolean;
}

const pieces =
  /(?<quote>["'])(?<quoted>[^\s"']*)\k<quote>(?![A-Za-z0-9])|(?<atom>[A-Za-z0-9_.\-/\\@+%~$\x00\u0080-\uffff]+)|\S/gu;

/** Tokens past this number are left out: lines agreeing so far are of one kind. */
const maxTokens = 400;

/**
 * The tokens of a masked line. Where something could stand and does not, there is an empty value: between brackets that
 * touch (`()`) and behind an equals sign (`user= host=x`), so that lines with and without it have the same form.
 */
export function tokenize(masked: string): Token[] {
  const tokens: Token[] = [];
  for (const match of masked.matchAll(pieces)) {
    const spaced = match.index > 0 && masked[match.index - 1] === ' ';
    const { quote, quoted, atom } = match.groups!;
    if (atom !== undefined) pushAtom(tokens, atom, spaced);
    else if (quote === undefined) pushMark(tokens, match[0], spaced, masked, match.index);
    else if (isWordBefore(masked, match.index)) {
      pushMark(tokens, quote, spaced, masked, match.index);
      for (const token of tokenize(match[0].slice(1))) tokens.push(token);
    } else {
      tokens.push(mark(quote, spaced), value(quoted!, false), mark(quote, false));
    }
    if (tokens.length >= maxTokens) return tokens.slice(0, maxTokens);
  }
  return tokens;
}

function value(text: string, spaced: boolean): Token {
  return { isValue: true, text, spaced };
}

function mark(text: string, spaced: boolean): Token {
  return { isValue: false, text, spaced };
}

function isWordBefore(text: string, place: number): boolean {
  return place > 0 && /[A-Za-z0-9]/.test(text[place - 1]!);
}

/** An atom without the punctuation at its ends. */
function pushAtom(tokens: Token[], atom: string, spaced: boolean): void {
  const [, front, core, back] = /^([.@+~$-]*(?=[^.@+~$-]))?(.*?)([./\\@~$]*)$/su.exec(atom)!;
  let isSpaced = spaced;
  const push = (token: Token): void => {
    tokens.push(token);
    isSpaced = false;
  };
  for (const character of front ?? '') push(mark(character, isSpaced));
  if (/[A-Za-z0-9\x00\u0080-\uffff]/u.test(core!)) push(value(core!, isSpaced));
  else for (const character of core!) push(mark(character, isSpaced));
  for (const character of back!) push(mark(character, isSpaced));
}

const brackets: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' };

function pushMark(tokens: Token[], text: string, spaced: boolean, masked: string, place: number): void {
  const last = tokens.at(-1);
  if (!spaced && last?.isValue === false && last.text === brackets[text]) tokens.push(value('', false));
  tokens.push(mark(text, spaced));
  if (text !== '=') return;
  const rest = masked.slice(place + 1, place + 100);
  if (rest === '' || ',;)]}'.includes(rest[0]!) || (!spaced && /^ [\w.-]+=/.test(rest)))
    tokens.push(value('', false));
}

/** What all lines of one form share: the marks, and where the values stand. */
export function formOf(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.isValue ? 'v' : token.text) + (token.spaced ? ' ' : '')).join('');
}

/** Tokens as text, with `<*>` where a value is masked. */
export function textOf(tokens: readonly Token[]): string {
  return tokens
    .map((token, index) => (token.spaced && index > 0 ? ' ' : '') + token.text)
    .join('')
    .replaceAll(wildText, '<*>');
}
