import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Masker, recordColumn } from '../../src/patterns/masking/index.ts';

const pieces = fc.constantFrom(
  ...' \t,:;=()[]{}<>"\'._-/\\@+%~$#*',
  '2026-01-02 03:04:05,678 ',
  'Jan  2 03:04:05 ',
  '[warn]',
  ' - ERROR - ',
  '[RUN #7]',
  '10.0.0.1:80',
  'fe80::1%eth0',
  '78dc1847-8848-49cc-933e-9239b12c9dcf',
  'www.example.org',
  'ann@example.org',
  'C:\\a.dll',
  'http://a/b?c=1,2.',
  'attempt_144_m_01',
  'September 17',
  '5.2 KB',
  '12ms',
  'ipv4',
  '0x1F',
  'deadbeef',
  '\u001b[31m',
  'größer',
  '😀',
  '\0',
  '\r',
);
const line = fc.oneof(
  fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join('')),
  fc.string(),
);
const lines = fc.array(line, { maxLength: 30 });

/** All that a masker finds in lines. */
function found(masker: Masker, text: string, raw: boolean): unknown[] {
  const all: unknown[] = [];
  masker.read(Buffer.from(text), raw, (count) => {
    for (let record = 0; record < count; record++) {
      const at = record * recordColumn.columns;
      const numbers = [...masker.records.subarray(at, at + recordColumn.columns)];
      const [start, end] = [numbers[recordColumn.maskedStart]!, numbers[recordColumn.maskedEnd]!];
      const tokens = masker.findTokens(start, end);
      masker.hashTokens();
      const { starts, ends, flags, marks, hashes, holdsMask } = masker.tokens;
      all.push(numbers, masker.bytes.toString('latin1', start, end), masker.formHash);
      for (const each of [starts, ends, flags, marks, hashes, holdsMask])
        all.push([...each.subarray(0, tokens)]);
    }
  });
  return all;
}

/** A masker as it is where there is no WebAssembly. */
const inJavaScript = (): Masker => new Masker((module, imports = {}) => module.script(imports));

it('finds the same as WebAssembly and as JavaScript', () => {
  const [wasm, script] = [new Masker(), inJavaScript()];
  fc.assert(
    fc.property(lines, fc.boolean(), (texts, raw) => {
      const text = texts.join('\n');
      expect(found(script, text, raw)).toEqual(found(wasm, text, raw));
    }),
    { numRuns: 300 },
  );
});

it('reads more lines than it has records for, and more text than it masks at once', () => {
  const masker = new Masker();
  for (const text of ['x\n'.repeat(5000), `${'word '.repeat(1000)}\n`.repeat(200)]) {
    let count = 0;
    masker.read(Buffer.from(text), true, (records) => {
      count += records;
    });
    expect(count).toBe(text.split('\n').length - 1);
  }
});

it('knows words by all their letters', () => {
  const masker = new Masker();
  const masked = (text: string): string => {
    masker.readOne(Buffer.from(text), true);
    const [start, end] = [masker.records[recordColumn.maskedStart]!, masker.records[recordColumn.maskedEnd]!];
    return masker.bytes.toString('utf8', start, end).replaceAll('\0', '<*>');
  };
  expect(['September 17', 'Septembex 17', 'Wednesday 17', 'wednesday 17'].map(masked)).toEqual([
    '<*>',
    'Septembex <*>',
    '<*>',
    'wednesday <*>',
  ]);
});
