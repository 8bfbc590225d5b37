import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskText } from '../../src/patterns/index.ts';
import { templatesOf } from './mine.ts';

const characters = fc.constantFrom(...'xyzé😀"\'()[]{}<>=,;!?-_+$~% ');

describe('the tokens of a line', () => {
  it('are together the line again, whatever its punctuation', () => {
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 60 }), (text) => {
        const line = text.join('');
        expect(maskText(line)).toBe(line.trim().replaceAll(/ +/g, ' '));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['nothing between brackets', ['login from (ann.x) ok', 'login from () ok'], 'login from (<*>) ok'],
    ['nothing behind an equals sign', ['user= host=x up', 'user=ann_b host=x up'], 'user=<*> host=x up'],
    ['nothing at the end', ['set of the key=', 'set of the key=ann.b'], 'set of the key=<*>'],
    [
      'nothing in quotation marks',
      ['value of "" set now', 'value of "a.b" set now'],
      'value of "<*>" set now',
    ],
  ])('hold an empty value for %s', (_, lines, template) => {
    expect(templatesOf(lines)).toEqual([template]);
  });

  it('do not end at an apostrophe', () => {
    const lines = [
      "can't open 'a_x' now",
      "can't open 'b.y' now",
      "can't open 'cZed' now",
      "can't open 'dd-e' now",
    ];
    expect(templatesOf(lines)).toHaveLength(4);
    expect(templatesOf([...lines, "can't open 'e/f' now"])).toEqual(["can't open '<*>' now"]);
  });
});
