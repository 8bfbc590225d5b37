import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeText } from '../../src/document/index.ts';

const wide = (text: string, isBig: boolean) => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

describe('the text of bytes', () => {
  test('in UTF-8 is the text, a byte-order mark included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\0'));
        expect(decodeText(Buffer.from(text))).toEqual({ text });
        expect(decodeText(Buffer.from(`\ufeff${text}`))).toEqual({ text: `\ufeff${text}` });
      }),
    );
  });

  test.each([
    ['UTF-16LE', false],
    ['UTF-16BE', true],
  ] as const)('in %s is the text without the mark, and known without one', (encoding, isBig) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\0'));
        expect(decodeText(wide(`\ufeff${text}`, isBig))).toEqual({ text, encoding });
        const json = JSON.stringify({ version: 2, description: text, jobs: [] }, null, 2);
        fc.pre(text.length < 10);
        expect(decodeText(wide(json, isBig))).toEqual({ text: json, encoding });
      }),
    );
  });

  test('in neither is what UTF-8 makes of it', () => {
    // Half a character, half a pair, a program, a lone zero.
    for (const bytes of [
      [0xff, 0xfe, 65],
      [0xff, 0xfe, 0x00, 0xd8],
      [0x7f, 0x45, 0x4c, 0x46, 2, 1, 0, 0],
      [0],
      [65, 0, 0, 66],
    ]) {
      expect(decodeText(Uint8Array.from(bytes)).encoding).toBeUndefined();
    }
    expect(decodeText(Uint8Array.from([0xe9, 65])).text).toBe('\ufffdA');
  });
});
