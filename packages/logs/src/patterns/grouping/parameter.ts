import { type Token, wildText } from './token.ts';

/** Where values stand that tell masked lines apart which agree in everything else. */
export interface Place {
  /** The first value of the line: it names what happened rather than to what. */
  readonly isFirst: boolean;
  readonly before: Token | undefined;
  /** What stands before that; behind `=` it is the key. */
  readonly secondBefore: Token | undefined;
  /** Other values of the line that are words. */
  readonly words: number;
}

/** Values that were found to be parameters, by the word they follow: `user` → root, guest … */
export type KnownParameters = Map<string, Set<string>>;

/** From so many different values on, they are a parameter and not the words of so many templates. */
const enough = {
  ofOwner: 2,
  behindNoun: 3,
  behindPreposition: 4,
  behindMark: 5,
  names: 4,
  words: 6,
  numbered: 4,
};

/**
 * Are these different values, found in one place of lines that agree in everything else, values of a parameter? Or are they
 * words that make templates of their own (`started`, `stopped`)? Judged by their look, number and place.
 */
export function isParameter(values: readonly string[], place: Place, known: KnownParameters): boolean {
  if (place.words === 0) return false;
  const { before } = place;
  const isBehindMark = before !== undefined && !before.isValue && /^[=:"'[({<@#/]$/.test(before.text);
  const noun = nounOf(place);
  if (values.some((value) => value === wildText || value === ''))
    return isValueSometimes(values, place, isBehindMark || noun !== undefined);
  const masked = values.filter(holdsMask).length;
  if (masked === values.length) return isOneName(values) || values.length >= enough.numbered;
  if (masked > 0) return true;
  if (isBehindMark && values.every((value) => /^(?:true|false|null)$/.test(value))) return true;
  if (!place.isFirst && values.every((value) => value.length === 1)) return true;
  if (place.isFirst && !values.every((value) => value.includes('.'))) return false;
  if (noun !== undefined) return isKnownOrLearnt(values, noun, known);
  if (isBehindMark) return values.length >= enough.behindMark || areKnown(values, known);
  const names = values.filter(isName).length;
  return values.length >= (names * 2 > values.length ? enough.names : enough.words);
}

interface Noun {
  readonly word: string;
  /** Whether the value is its value by the syntax: `user=root`. */
  readonly isKey: boolean;
}

/** The noun or preposition whose value stands here. */
function nounOf({ before, secondBefore }: Place): Noun | undefined {
  if (before?.isValue === true)
    return nouns.test(before.text) || prepositions.test(before.text)
      ? { word: before.text, isKey: false }
      : undefined;
  const isKey = before?.text === '=' && secondBefore?.isValue === true && nouns.test(secondBefore.text);
  return isKey ? { word: secondBefore.text, isKey } : undefined;
}

/** Words that are followed by the name of one of many. */
const nouns = new RegExp(
  `^(?:${[
    'users? username login account group host hostname server client node device driver interface file directory folder',
    'path module package class method function service process program daemon task job session domain database db table key',
    'named? id type queue topic channel volume partition address url port',
  ]
    .join(' ')
    .replaceAll(' ', '|')})$`,
  'i',
);

const prepositions = /^(?:for|from|by|to|of)$/i;

/** Words whose values are names of somebody, hardly ever words. */
const owners = /^(?:r?users?|user_?name|login|account|owner)$/i;

/** Words that follow such a noun and are no names: `user added`, `user not found`. */
const noNames =
  /(?:ed|ing)$|^(?:an?|and|are|can|cannot|did|does|for|from|has|id|in|is|may|must|names?|not|on|or|out|the|to|was|with)$/i;

/** Some of the values are whole masks, or empty: then the others stand for what is usually a value. */
function isValueSometimes(values: readonly string[], place: Place, isNamed: boolean): boolean {
  if (place.isFirst && values.length === 2 && values.includes('')) return false;
  return (
    isNamed || place.words >= 2 || values.every((value) => value === '' || holdsMask(value) || isName(value))
  );
}

/** Values behind a noun count when they are many, or are known from another template. */
function isKnownOrLearnt(values: readonly string[], noun: Noun, known: KnownParameters): boolean {
  if (areKnown(values, known)) return true;
  if (values.length < enoughBehind(noun, values)) return false;
  known.set(noun.word, new Set([...(known.get(noun.word) ?? []), ...values]));
  return true;
}

function enoughBehind({ word, isKey }: Noun, values: readonly string[]): number {
  if (prepositions.test(word)) return enough.behindPreposition;
  if (isKey) return enough.behindMark;
  const areNames = owners.test(word) && !values.some((value) => noNames.test(value));
  return areNames ? enough.ofOwner : enough.behindNoun;
}

/** Were all of them found to be values of one noun? */
function areKnown(values: readonly string[], known: KnownParameters): boolean {
  return [...known.values()].some((found) => values.every((value) => found.has(value)));
}

/**
 * Names with numbers masked in them: are they one sort of name? `eth0` and `lo0`, `CPU1` and `core1` are two, which a
 * program prints in different places; names of several pieces (`rdd_1_2`, `broadcast_3`) are those of single things.
 */
function isOneName(values: readonly string[]): boolean {
  const letters = values.map((value) => value.replace(/[^\p{L}]/gu, ''));
  if (letters.every((each) => each === letters[0])) return true;
  return values.every((value) => value.length > 3 && /\p{L}.*[._\-~/]|[._\-~/].*\p{L}/u.test(value));
}

function holdsMask(value: string): boolean {
  return value.includes(wildText);
}

/** Does it look like a name rather than a word: very short, of several pieces, in camel case? */
function isName(value: string): boolean {
  return value.length <= 2 || /[._\-$/@\\:]|\p{Ll}\p{Lu}/u.test(value);
}
