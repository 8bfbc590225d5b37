export type WideEncoding = 'UTF-16LE' | 'UTF-16BE';

export interface DecodedText {
  readonly text: string;
  /** Absent: UTF-8. */
  readonly encoding?: WideEncoding;
}

/**
 * The text of a file: UTF-16 where it begins with a byte-order mark of that (which is dropped) or, without one, with a
 * character of ASCII as all JSON and nearly all YAML does; else UTF-8, with U+FFFD for what is none.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = wideEncoding(bytes);
  if (encoding !== undefined) {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
    } catch {
      // Half of a surrogate pair, or of a character: whatever it is, it is not text in that encoding.
    }
  }
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
}

/** Whether a text that was read as UTF-8 begins as UTF-16 does when it is read so. */
export function looksWide(text: string): boolean {
  const first = text.charCodeAt(0);
  return first === 0xfffd || first === 0 || text.charCodeAt(1) === 0;
}

/** How much of a text without a byte-order mark is looked at. */
const sampleLength = 4096;

function wideEncoding(bytes: Uint8Array): WideEncoding | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'UTF-16LE';
  if (first === 0xfe && second === 0xff) return 'UTF-16BE';
  if (bytes.length < 2 || bytes.length % 2 === 1 || (first === 0) === (second === 0)) return undefined;
  const high = first === 0 ? 0 : 1;
  let units = 0;
  let zeroHigh = 0;
  let zeroLow = 0;
  for (let at = 0; at < Math.min(bytes.length, sampleLength); at += 2, units++) {
    if (bytes[at + high] === 0) zeroHigh++;
    if (bytes[at + 1 - high] === 0) zeroLow++;
  }
  // Keys and punctuation are ASCII, whatever language the descriptions are in.
  if (zeroHigh * 4 < units || zeroHigh < zeroLow * 4) return undefined;
  return high === 1 ? 'UTF-16LE' : 'UTF-16BE';
}
