import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  describeEnvironmentProblem,
  type EnvironmentLayer,
  resolveEnvironment,
} from '../../src/interpolate/index.ts';

const application = (variables: Record<string, string>): EnvironmentLayer => ({
  scope: 'application',
  variables,
});
const envSet = (name: string, variables: Record<string, string>): EnvironmentLayer => ({
  scope: 'env_set',
  name,
  variables,
});
const job = (variables: Record<string, string>): EnvironmentLayer => ({
  scope: 'job',
  name: 'load',
  variables,
});
const commandLine = (variables: Record<string, string>): EnvironmentLayer => ({
  scope: 'command_line',
  variables,
});

describe('precedence', () => {
  test('the highest scope that defines a name decides, the inherited variables being the lowest', () => {
    const layers = [
      application({ A: 'application', B: 'application', C: 'application', D: 'application' }),
      envSet('nightly', { B: 'set', C: 'set', D: 'set' }),
      job({ C: 'job', D: 'job' }),
      commandLine({ D: 'command line' }),
    ];
    expect(resolveEnvironment(layers, { A: 'inherited', HOME: '/root' })).toEqual({
      variables: { HOME: '/root', A: 'application', B: 'set', C: 'job', D: 'command line' },
      problems: [],
    });
  });

  test('without layers it is what was inherited', () => {
    expect(resolveEnvironment([], { A: '${B}' })).toEqual({ variables: { A: '${B}' }, problems: [] });
  });

  test('__proto__ and constructor are names like others', () => {
    const variables = JSON.parse('{"__proto__": "p", "A": "${__proto__}${constructor}"}') as Record<
      string,
      string
    >;
    const result = resolveEnvironment([job(variables)], {});
    expect(Object.entries(result.variables)).toEqual([
      ['__proto__', 'p'],
      ['A', 'p${constructor}'],
    ]);
    expect(result.problems).toMatchObject([{ kind: 'undefined', name: 'constructor' }]);
  });
});

describe('references', () => {
  const resolved = (layers: EnvironmentLayer[], inherited: Record<string, string> = {}) =>
    resolveEnvironment(layers, inherited).variables;

  test('chains within a scope, in any order of definition', () => {
    const layers = [
      application({ FULL: '${CONFIG}/settings.json', CONFIG: '${BASE}/config', BASE: '/opt/app' }),
    ];
    expect(resolved(layers)).toEqual({
      FULL: '/opt/app/config/settings.json',
      CONFIG: '/opt/app/config',
      BASE: '/opt/app',
    });
  });

  test('a variable that names itself means its value in the next lower scope', () => {
    const layers = [
      application({ PATH: '/app:${PATH}' }),
      envSet('oracle', { PATH: '/oracle:${PATH}' }),
      job({ PATH: '/job:${PATH}:${PATH}' }),
    ];
    expect(resolved(layers, { PATH: '/bin' }).PATH).toBe('/job:/oracle:/app:/bin:/oracle:/app:/bin');
  });

  test('naming itself skips scopes that do not define it', () => {
    const layers = [application({ A: '1' }), envSet('s', { B: '2' }), job({ A: '${A}+' })];
    expect(resolved(layers).A).toBe('1+');
  });

  test('a job value sees the highest scope', () => {
    const layers = [
      application({ A: 'application' }),
      job({ B: '${A}', A: 'job' }),
      commandLine({ A: 'command line' }),
    ];
    expect(resolved(layers).B).toBe('command line');
  });

  test('a shared value sees the definitions of its own scope first, so that it reads alike in every job', () => {
    const layers = [
      application({ BASE: '/a', LOG: '${BASE}/log', OUT: '${DAY}' }),
      job({ BASE: '/b', DAY: 'monday' }),
    ];
    expect(resolved(layers)).toEqual({ BASE: '/b', LOG: '/a/log', OUT: 'monday', DAY: 'monday' });
  });

  test('values are not read again, inherited ones neither', () => {
    const layers = [job({ A: '${B}{C}', B: '$', C: 'x', D: '${HOME}' })];
    expect(resolved(layers, { HOME: '${C}' })).toMatchObject({ A: '${C}', D: '${C}' });
  });

  test.each([
    ['$NAME', '$NAME'],
    ['$${NAME}', '$value'],
    ['${NAME}${NAME}', 'valuevalue'],
    ['${ NAME }', '${ NAME }'],
    ['${1NAME}', '${1NAME}'],
    ['${}', '${}'],
    ['${NAME', '${NAME'],
    ['${A${NAME}}', '${Avalue}'],
    ['${NAME:-default}', '${NAME:-default}'],
    ['\\${NAME}', '\\value'],
    ['', ''],
  ])('%s becomes %s', (text, expected) => {
    expect(resolved([job({ X: text, NAME: 'value' })]).X).toBe(expected);
  });
});

describe('problems', () => {
  test('an undefined name stays as written and is reported with its place', () => {
    expect(resolveEnvironment([application({ OUT: '/data/${DAY}/x${DAY}' })], {})).toEqual({
      variables: { OUT: '/data/${DAY}/x${DAY}' },
      problems: [
        {
          kind: 'undefined',
          name: 'DAY',
          place: { layer: 0, scope: 'application', variable: 'OUT', start: 6, end: 12 },
        },
        {
          kind: 'undefined',
          name: 'DAY',
          place: { layer: 0, scope: 'application', variable: 'OUT', start: 14, end: 20 },
        },
      ],
    });
  });

  test('a variable that names itself with nothing below is undefined', () => {
    const { variables, problems } = resolveEnvironment([job({ PATH: '/x:${PATH}' })], {});
    expect(variables).toEqual({ PATH: '/x:${PATH}' });
    expect(problems).toMatchObject([
      { kind: 'undefined', name: 'PATH', place: { scope: 'job', scopeName: 'load' } },
    ]);
  });

  test('a circle is reported whole, from its first definition; what does not lead in the circle is resolved', () => {
    const layers = [application({ B: '${C}', X: '${A}!' }), job({ A: '<${B}${D}>', C: '${A}', D: 'd' })];
    const { variables, problems } = resolveEnvironment(layers, {});
    expect(variables).toEqual({ A: '<${B}d>', B: '${C}', C: '${A}', D: 'd', X: '<${B}d>!' });
    expect(problems).toEqual([
      {
        kind: 'cycle',
        cycle: [
          { layer: 0, scope: 'application', variable: 'B', start: 0, end: 4 },
          { layer: 1, scope: 'job', scopeName: 'load', variable: 'C', start: 0, end: 4 },
          { layer: 1, scope: 'job', scopeName: 'load', variable: 'A', start: 1, end: 5 },
        ],
      },
    ]);
  });

  test('a circle through a lower definition of the same name', () => {
    const layers = [application({ PATH: '${X}' }), job({ PATH: '/a:${PATH}', X: '${PATH}' })];
    const { variables, problems } = resolveEnvironment(layers, { PATH: '/bin' });
    expect(variables).toEqual({ PATH: '/a:${PATH}', X: '${PATH}' });
    expect(problems.map(describeEnvironmentProblem)).toEqual([
      'variables refer to each other in a circle: PATH → X → PATH → PATH',
    ]);
  });

  test('definitions that are replaced by a higher scope are not complained about', () => {
    const layers = [application({ A: '${NOWHERE}', B: '${C}', C: '${B}' }), job({ A: 'a', B: 'b', C: 'c' })];
    expect(resolveEnvironment(layers, {})).toEqual({ variables: { A: 'a', B: 'b', C: 'c' }, problems: [] });
  });

  test('forms of the shell are named', () => {
    const { problems } = resolveEnvironment([job({ A: 'x${B:-y}', C: '${D%.txt}', E: '${F${A}}' })], {});
    expect(problems.map(describeEnvironmentProblem)).toEqual([
      'variable "A" holds ${B:-y}, which only a shell expands: here it is text',
      'variable "C" holds ${D%.txt}, which only a shell expands: here it is text',
      'variable "E" holds ${F${A}, which only a shell expands: here it is text',
    ]);
  });

  test('60 doublings stay small: the value that grows too long is named and keeps its text', () => {
    const variables = Object.fromEntries(
      Array.from({ length: 60 }, (_, level) => [
        `V${level}`,
        level === 59 ? 'x' : `\${V${level + 1}}\${V${level + 1}}`,
      ]),
    );
    const { variables: resolved, problems } = resolveEnvironment([job(variables)], {});
    expect(Math.max(...Object.values(resolved).map((value) => value.length))).toBeLessThanOrEqual(128 * 1024);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every((problem) => problem.kind === 'too_long')).toBe(true);
    expect(problems.map(describeEnvironmentProblem).at(-1)).toBe(
      'variable "V41" would be 262144 characters long, 131072 are possible',
    );
    expect(resolved.V41).toBe('${V42}${V42}');
    expect(resolved.V42).toHaveLength(2 ** 17);
  });

  test('a long value without references is reported too', () => {
    const { variables, problems } = resolveEnvironment([job({ A: 'abcdef' })], {}, { maxLength: 5 });
    expect(variables).toEqual({ A: 'abcdef' });
    expect(problems).toMatchObject([
      { kind: 'too_long', length: 6, maxLength: 5, place: { start: 0, end: 6 } },
    ]);
  });

  test('a chain of 20,000 variables needs no deep stack', () => {
    const variables = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [
        `V${index}`,
        index === 19_999 ? 'end' : `\${V${index + 1}}`,
      ]),
    );
    expect(resolveEnvironment([job(variables)], {}).variables.V0).toBe('end');
  });
});

describe('against a naive reference', () => {
  const names = ['A', 'B', 'C', 'D', 'E'] as const;
  const piece = fc.oneof(
    fc.constantFrom('x', '/', '$', '{', '}'),
    fc.constantFrom(...names, 'F').map((name) => `\${${name}}`),
  );
  const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
  const variables = fc.dictionary(fc.constantFrom(...names), text, { noNullPrototype: true });
  const layers = fc
    .tuple(variables, variables, variables, variables)
    .map(([a, s, j, c]) => [application(a), envSet('s', s), job(j), commandLine(c)]);

  test('values, undefined names and whether there is a circle', () => {
    fc.assert(
      fc.property(layers, variables, (given, inherited) => {
        const expected = naive(given, inherited);
        const actual = resolveEnvironment(given, inherited);
        expect(actual.variables).toEqual(expected.variables);
        const undefinedNames = actual.problems.flatMap((problem) =>
          problem.kind === 'undefined' ? [problem.name] : [],
        );
        expect(new Set(undefinedNames)).toEqual(expected.undefinedNames);
        expect(actual.problems.some((problem) => problem.kind === 'cycle')).toBe(expected.hasCycle);
      }),
      { numRuns: 1500 },
    );
  });

  test('every place in a problem holds what the problem says', () => {
    fc.assert(
      fc.property(layers, (given) => {
        for (const problem of resolveEnvironment(given, {}).problems) {
          for (const place of problem.kind === 'cycle' ? problem.cycle : [problem.place]) {
            const shown = given[place.layer]!.variables[place.variable]!.slice(place.start, place.end);
            if (problem.kind === 'undefined') expect(shown).toBe(`\${${problem.name}}`);
            if (problem.kind === 'cycle') expect(shown).toMatch(/^\$\{[A-E]\}$/);
            if (problem.kind === 'shell_form') expect(shown).toBe(problem.text);
          }
        }
      }),
    );
  });
});

/** Follows references by recursion, one path at a time; a reference that can lead back to where it stands is left. */
function naive(layers: readonly EnvironmentLayer[], inherited: Record<string, string>) {
  const undefinedNames = new Set<string>();
  const reachedInCircle = new Set<string>();
  let hasCycle = false;
  const defines = (layer: number, name: string) => Object.hasOwn(layers[layer]!.variables, name);
  const below = (name: string, top: number): number | undefined => {
    for (let layer = top; layer >= 0; layer--) if (defines(layer, name)) return layer;
    return undefined;
  };
  const target = (name: string, fromName: string, fromLayer: number): number | undefined => {
    if (name === fromName) return below(name, fromLayer - 1);
    const shared = ['application', 'env_set'].includes(layers[fromLayer]!.scope);
    return shared && defines(fromLayer, name) ? fromLayer : below(name, layers.length - 1);
  };
  const leadsTo = (name: string, layer: number, goal: string, seen: Set<string>): boolean => {
    const key = `${layer} ${name}`;
    if (key === goal) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return [...layers[layer]!.variables[name]!.matchAll(/\$\{(\w+)\}/g)].some(([, next]) => {
      const nextLayer = target(next!, name, layer);
      return nextLayer !== undefined && leadsTo(next!, nextLayer, goal, seen);
    });
  };
  const value = (name: string, layer: number): string =>
    layers[layer]!.variables[name]!.replace(/\$\{([A-Za-z_]\w*)\}/g, (written, next: string) => {
      const nextLayer = target(next, name, layer);
      if (nextLayer !== undefined && leadsTo(next, nextLayer, `${layer} ${name}`, new Set())) {
        hasCycle = true;
        const key = `${nextLayer} ${next}`;
        if (!reachedInCircle.has(key)) {
          reachedInCircle.add(key);
          value(next, nextLayer);
        }
        return written;
      }
      if (nextLayer !== undefined) return value(next, nextLayer);
      if (Object.hasOwn(inherited, next)) return inherited[next]!;
      undefinedNames.add(next);
      return written;
    });

  const result: Record<string, string> = { ...inherited };
  for (const name of new Set(layers.flatMap(({ variables }) => Object.keys(variables)))) {
    result[name] = value(name, below(name, layers.length - 1)!);
  }
  return { variables: result, undefinedNames, hasCycle };
}
