import { existsSync } from 'node:fs';
import { diagnosticCodes } from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import { knownCodes, rules } from '../../src/index.ts';
import { runExample } from '../../src/rules/runExample.ts';
import { cachedShellCheck } from '../../src/world/shellCheckCache.ts';

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

const paged = [...knownCodes.values()].filter(({ remedy }) => remedy !== undefined);

test('every code with a page has an example', () => {
  expect(paged.filter(({ example }) => example === undefined)).toEqual([]);
});

const shellCheck = ['/usr/bin', '/usr/local/bin'].map((folder) => `${folder}/shellcheck`).find(existsSync);
const whenInstalled = shellCheck === undefined ? test.skip : test;

describe.each(paged.map((known) => [known.code, known] as const))('the example of %s', (code, known) => {
  const example = known.example!;

  test('is reported', () => {
    const { diagnostics, output } = runExample(known, example, example.text);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    expect(output).toContain(` ${code}: `);
    expect(output).toMatch(/^ +\d+ \| /m);
  });

  test('is not reported when it is mended, nor is anything else', () => {
    const { diagnostics } = runExample(known, example, example.mended);
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).not.toContain(code);
  });

  if (example.remarks === undefined) return;
  whenInstalled('is what ShellCheck says of it (needs ShellCheck)', () => {
    for (const [script, remarks] of Object.entries(example.remarks!)) {
      expect(cachedShellCheck(shellCheck!)([script], 'sh')).toEqual([remarks]);
      expect(example.text).toContain(script);
    }
    const mended = /command: (.*)\n/.exec(example.mended)![1]!;
    expect(cachedShellCheck(shellCheck!)([mended], 'sh')).toEqual([[]]);
  });
});
