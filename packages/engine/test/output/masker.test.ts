import { describe, expect, test } from '@jest/globals';
import { isMaskable, maskDeep, secretMasker } from '../../src/output/index.ts';

describe('masking secrets', () => {
  test.each([
    [['hunter2'], 'password is hunter2, hunter2!', 'password is ****, ****!'],
    [['abcd', 'abcdef'], 'abcdef abcd', '**** ****'],
    [['line one\nline two'], 'printed: line two', 'printed: ****'],
    [['a.c*'], 'a.c* abcc', '**** abcc'],
    [['abc', 'true', 'FALSE'], 'abc true FALSE', 'abc true FALSE'],
    [[], 'nothing to hide', 'nothing to hide'],
  ])('%j', (values, text, expected) => {
    expect(secretMasker(values)(text)).toBe(expected);
  });

  test('reaches every string in plain data', () => {
    const masker = secretMasker(['hunter2']);
    const value = { a: ['hunter2', 1, null], b: { c: 'x hunter2' }, d: true };
    expect(maskDeep(value, masker)).toEqual({ a: ['****', 1, null], b: { c: 'x ****' }, d: true });
  });

  test('short and common values are left', () => {
    expect(['abc', 'true', 'none', 'abcd'].map(isMaskable)).toEqual([false, false, false, true]);
  });
});
