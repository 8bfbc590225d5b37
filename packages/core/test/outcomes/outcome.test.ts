import { describe, expect, test } from '@jest/globals';
import { isFailedOutcome, outcomeNamed, outcomeNames, outcomes } from '../../src/index.ts';

describe('outcomes', () => {
  test('are found by our name and by that of version 1, in any letter case', () => {
    for (const outcome of outcomeNames) {
      expect(outcomeNamed(outcome)).toBe(outcome);
      expect(outcomeNamed(outcome.replaceAll('_', '-').toUpperCase())).toBe(outcome);
      expect(outcomeNamed(outcomes[outcome].v1Name)).toBe(outcome);
    }
    expect(outcomeNamed('success')).toBe('succeeded');
    expect(outcomeNamed('Timeout')).toBe('timed_out');
    expect(outcomeNamed('constructor')).toBeUndefined();
    expect(outcomeNamed('')).toBeUndefined();
  });

  test('are failures, or not, and nothing else is', () => {
    expect(outcomeNames.filter((outcome) => !isFailedOutcome(outcome))).toEqual([
      'succeeded',
      'skipped',
      'cancelled',
    ]);
    expect(['running', 'toString', '', undefined].some(isFailedOutcome)).toBe(false);
  });
});
