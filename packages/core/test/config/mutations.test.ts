import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { type LoadResult, load } from '../../src/config/index.ts';
import { memoryHost } from '../support/memoryHost.ts';
import { createRandom, mutate, type Random } from '../support/mutate.ts';
import { mutateValue } from '../support/mutateValue.ts';

const count = 5000;
const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
const texts = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(jsonc?|yaml)$/.test(file) && !file.endsWith('expected.json'))
  .sort()
  .map((file) => ({ file: `/work/${file}`, text: readFileSync(`${fixtures}/${file}`, 'utf8') }));
const host = memoryHost(Object.fromEntries(texts.map(({ file, text }) => [file, text])));

function textsOf(ending: string): readonly { file: string; text: string }[] {
  const own = texts.filter(({ file }) => file.endsWith(ending));
  // The files that use every key are the ones worth breaking.
  return [...own, ...Array.from({ length: 5 }, () => own.filter(({ file }) => file.includes('/ok/'))).flat()];
}

/** Whatever was loaded: errors and only errors make it invalid, every place is a place, no machine speaks. */
function expectSound(result: LoadResult, seed: string): void {
  const hasErrors = result.diagnostics.some(({ severity }) => severity === 'error');
  const unplaced = result.diagnostics.filter(({ file, range }) => file !== undefined && range === undefined);
  const unclear = result.diagnostics.filter(({ message, hint }) =>
    /undefined|\[object|oneOf|anyOf|must (match|NOT)|Internal error/.test(`${message} ${hint ?? ''}`),
  );
  expect({ seed, isInvalid: result.state === 'invalid', unplaced, unclear }).toEqual({
    seed,
    isInvalid: hasErrors,
    unplaced: [],
    unclear: [],
  });
}

function loadMutated(seed: number, make: (random: Random) => { file: string; text: string }): void {
  const source = make(createRandom(seed));
  let result: LoadResult;
  try {
    result = load(source, host);
  } catch (error) {
    throw new Error(`seed ${seed}: ${String(error)}\n${source.text}`, { cause: error });
  }
  expectSound(result, `${seed} of ${source.file}`);
}

/** Seeds in portions, so that a slow machine does not run into the time limit of one test. */
const portions = Array.from(
  { length: 5 },
  (_, index) => [(index * count) / 5, ((index + 1) * count) / 5] as const,
);

describe.each(['.json', '.jsonc', '.yaml'])(
  'damaged texts, %s, give diagnostics, never an exception',
  (ending) => {
    const originals = textsOf(ending);
    test.each(portions)('seeds %i to %i', (from, to) => {
      for (let seed = from; seed < to; seed++) {
        loadMutated(seed, (random) => {
          const { file, text } = random.pick(originals);
          return { file, text: mutate(text, random) };
        });
      }
    });
  },
);

describe('damaged values, each well-formed, give diagnostics, never an exception', () => {
  const values = [...textsOf('.json'), ...textsOf('.jsonc')].flatMap(({ file, text }) => {
    const value = plainValue(text, file);
    return value === undefined ? [] : [{ file, value }];
  });
  test.each(portions)('seeds %i to %i', (from, to) => {
    for (let seed = from; seed < to; seed++) {
      loadMutated(seed, (random) => {
        const { file, value } = random.pick(values);
        return { file, text: JSON.stringify(mutateValue(value, random), null, 1) };
      });
    }
  });
});

function plainValue(text: string, file: string): unknown {
  const result = load({ file, text }, host);
  return result.documents.get(file)?.value;
}
