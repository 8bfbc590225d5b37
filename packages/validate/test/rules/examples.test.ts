import { diagnosticCodes } from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import { rules } from '../../src/index.ts';
import { runExample } from '../../src/rules/runExample.ts';

describe('the rules', () => {
  test('have codes of their own, that fit their severity and that core does not use', () => {
    const codes = rules.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => code in diagnosticCodes)).toEqual([]);
    for (const { code, severity } of rules) {
      expect({ E: 'error', W: 'warning', I: 'info' }[code[0]!]).toBe(severity);
    }
  });

  test('say in sentences what they mean and what to do', () => {
    for (const { title, explanation, remedy } of rules) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(explanation).toMatch(/^[A-Z`"].*[.)]$|: https.*each\./s);
      expect(remedy).toMatch(/[.]$/);
    }
  });
});

describe.each(rules.filter(({ example }) => example !== undefined).map((rule) => [rule.code, rule] as const))(
  'the example of %s',
  (code, rule) => {
    const example = rule.example!;

    test('is reported', () => {
      const { diagnostics, output } = runExample(rule, example, example.text);
      expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
      expect(output).toContain(` ${code}: `);
      expect(output).toMatch(/^ +\d+ \| /m);
    });

    test('is not reported when it is mended, nor is anything else', () => {
      const { diagnostics } = runExample(rule, example, example.mended);
      expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
      expect(diagnostics.map((diagnostic) => diagnostic.code)).not.toContain(code);
    });
  },
);
