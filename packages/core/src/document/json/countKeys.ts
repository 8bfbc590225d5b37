import { endOfString } from './endOfString.ts';

/**
 * The number of keys that are written in a valid JSON text, duplicates included: the strings that a colon follows.
 * Linear in the text, without looking into values.
 */
export function countKeys(text: string): number {
  let count = 0;
  for (let quote = text.indexOf('"'); quote !== -1; ) {
    let next = endOfString(text, quote);
    let code = text.charCodeAt(next);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++next);
    if (code === 58) count++;
    quote = text.indexOf('"', next);
  }
  return count;
}
