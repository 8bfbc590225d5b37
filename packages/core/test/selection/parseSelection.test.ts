import { describe, expect, test } from '@jest/globals';
import { renderPretty } from '../../src/diagnostics/index.ts';
import { parseSelection, printSelection, selectionFile } from '../../src/selection/index.ts';

const ids = new Set([
  'build',
  'test',
  'deploy',
  'libc6',
  'libc6+1',
  'g++',
  'libstdc++6',
  'extract[0]',
  '@scope/pkg',
  '!odd',
  'db:load',
  '/etc/hosts',
  '7',
  'a b',
  'say "hi"',
  '日本語',
  '+',
]);

/** The canonical text of what `text` was read as. */
function reading(text: string, known: Set<string> | undefined = ids): string {
  const parsed = parseSelection(text, known);
  return parsed.ok ? printSelection(parsed.expression) : `${parsed.error.code}: ${parsed.error.message}`;
}

describe('what is read', () => {
  test.each([
    ['build', 'build'],
    ['build test', 'build test'],
    ['build,test', 'build test'],
    [' build , , test\n', 'build test'],
    ['build & test', 'build & test'],
    ['build&test deploy', 'build & test deploy'],
    ['!build', '!"build"'],
    ['! !build', '!!"build"'],
    ['!build & test deploy', '!"build" & test deploy'],
    ['!(build & test) deploy', '!(build & test) deploy'],
    ['(build test) & deploy', '(build test) & deploy'],
    ['((build))', 'build'],
    ['+build', '+"build"'],
    ['build+', '"build"+'],
    ['2+build+1', '2+"build"+1'],
    ['0+build', '0+"build"'],
    ['build+0', '0+"build"'],
    ['@build', '@"build"'],
    ['!+build', '!+"build"'],
    ['+(build test)+2', '+(build test)+2'],
    ['@(build test)', '@(build test)'],
    ['PR_104*', 'PR_104*'],
    ['lib*[+]+1', '(lib*[+])+1'],
    ['+PR_104*+', '+(PR_104*)+'],
    ['load_{a,b}_?', 'load_{a,b}_?'],
    ['/^load_\\d+$/', '/^load_\\d+$/'],
    ['+/a b,(c)/i+1', '+(/a b,(c)/i)+1'],
    ['/[/]x\\/y/', '/[/]x\\/y/'],
    ['tag:nightly', 'tag:"nightly"'],
    ['tag:night*', 'tag:night*'],
    ['tag:nightly+', '(tag:"nightly")+'],
    ['command:*sqlplus*', 'command:*sqlplus*'],
    ['command:/opt/bin/run', 'command:"/opt/bin/run"'],
    ['command:"a, (b) & c"', 'command:"a, (b) & c"'],
    ['description:/night(ly)?/i', 'description:/night(ly)?/i'],
    ['status:failed', 'status:failed'],
    ['status:TIMEOUT+', 'status:timed_out+'],
    ['status:"Success"', 'status:succeeded'],
  ])('%s is %s', (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe('ids that hold operators', () => {
  test.each([
    ['libc6+1', '"libc6+1"'],
    ['libc6+2', '"libc6"+2'],
    ['libc6+1+', '"libc6+1"+'],
    ['libc6+1+1', '"libc6+1"+1'],
    ['+libc6+1', '+"libc6+1"'],
    ['2+libc6+2', '2+"libc6"+2'],
    ['"libc6"+1', '"libc6"+1'],
    ['g++', '"g++"'],
    ['g+++', '"g++"+'],
    ['+g++', '+"g++"'],
    ['1+g+++3', '1+"g++"+3'],
    ['@g++', '@"g++"'],
    ['libstdc++6', '"libstdc++6"'],
    ['extract[0]+', '"extract[0]"+'],
    ['@scope/pkg', '"@scope/pkg"'],
    ['@@scope/pkg', '@"@scope/pkg"'],
    ['!odd', '"!odd"'],
    ['!!odd', '!"!odd"'],
    ['db:load', '"db:load"'],
    ['/etc/hosts', '"/etc/hosts"'],
    ['7+', '"7"+'],
    ['7+7', '7+"7"'],
    ['"a b"+', '"a b"+'],
    ['"say \\"hi\\""', '"say \\"hi\\""'],
    ['日本語', '日本語'],
    ['+', '"+"'],
  ])('%s is %s', (text, expected) => {
    expect(reading(text)).toBe(expected);
  });

  test('without known ids the rules alone decide', () => {
    const unknown = (text: string) => {
      const parsed = parseSelection(text);
      return parsed.ok ? printSelection(parsed.expression) : parsed.error.message;
    };
    expect(unknown('libc6+1')).toBe('"libc6"+1');
    expect(unknown('2+3+1')).toBe('2+"3"+1');
    expect(unknown('7+')).toBe('"7"+');
    expect(unknown('nobody')).toBe('nobody');
  });
});

describe('places', () => {
  test('every part knows where it stands', () => {
    expect(parseSelection('!+build & (tag:x, "a b")', ids)).toEqual({
      ok: true,
      expression: {
        kind: 'and',
        range: { start: 0, end: 24 },
        of: [
          {
            kind: 'not',
            range: { start: 0, end: 7 },
            of: {
              kind: 'reach',
              dependencies: 'all',
              dependents: 0,
              range: { start: 1, end: 7 },
              of: { kind: 'id', id: 'build', range: { start: 2, end: 7 } },
            },
          },
          {
            kind: 'or',
            range: { start: 10, end: 24 },
            of: [
              {
                kind: 'match',
                field: 'tag',
                pattern: { kind: 'text', text: 'x' },
                range: { start: 11, end: 16 },
              },
              { kind: 'id', id: 'a b', range: { start: 18, end: 23 } },
            ],
          },
        ],
      },
    });
  });
});

describe('errors', () => {
  /** The excerpt that is marked, and the message, in the form of the code frame. */
  function shown(text: string): string {
    const parsed = parseSelection(text, ids);
    if (parsed.ok) return `no error: ${printSelection(parsed.expression)}`;
    const sources = new Map([[selectionFile, text]]);
    return renderPretty([parsed.error], { sources, summary: false }).trimEnd();
  }

  test('an id that does not exist', () => {
    expect(shown('test & biuld')).toBe(`<selection>:1:8 error E191: no job has the id "biuld"
  1 | test & biuld
    |        ^^^^^
  hint: did you mean build?
  suggestion: write build`);
  });

  test.each([
    ['', 'E190', 'the selection is empty', ''],
    [' , ', 'E190', 'the selection is empty', ''],
    ['()', 'E190', 'there is nothing between the parentheses', ''],
    ['(build', 'E190', 'this "(" is never closed', '('],
    ['build)', 'E190', 'there is no "(" before this ")"', ')'],
    [') build', 'E190', 'there is no "(" before this ")"', ')'],
    ['build &', 'E190', 'expected a job after "&"', ''],
    ['build & , test', 'E190', 'expected a job after "&"', ','],
    ['& build', 'E190', 'expected a job', '&'],
    ['build && test', 'E190', '"&&" is no operator', '&&'],
    ['!', 'E190', 'expected a job after "!"', ''],
    ['@', 'E190', 'expected a job after "@"', ''],
    ['2+ build', 'E191', 'no job has the id "2"', '2'],
    ['@build+', 'E190', '"@" and "+" cannot be used on one job', '+'],
    ['@+build', 'E190', 'two graph operators stand in a row', '@+'],
    ['lib*++1', 'E190', 'two graph operators stand in a row', '++1'],
    ['+@(build)', 'E190', 'two graph operators stand in a row', '+@'],
    ['+!build', 'E190', 'a "!" cannot stand behind a graph operator', '!'],
    ['"build', 'E190', 'this quote is never closed', '"'],
    ['tag:', 'E190', 'expected a value right after "tag:"', 'tag:'],
    ['tag: x', 'E190', 'expected a value right after "tag:"', 'tag:'],
    ['(build)test', 'E190', 'expected a space, "," or "&" before "t"', 't'],
    ['"build""test"', 'E190', 'expected a space, "," or "&" before "\\""', '"'],
    ['/(/', 'E190', 'the regular expression is not valid: unterminated group', '/(/'],
    ['x[z-a]', 'E190', 'the pattern is not valid: range out of order in character class', 'x[z-a]'],
    ['/abc', 'E191', 'no job has the id "/abc"', '/abc'],
    ['status:fialed', 'E190', 'status:fialed names no status', 'status:fialed'],
    ['status:f*', 'E190', 'status:f* names no status', 'status:f*'],
    ['"a  b"', 'E191', 'no job has the id "a  b"', '"a  b"'],
    ['Build', 'E191', 'no job has the id "Build"', 'Build'],
  ])('%j', (text, code, message, marked) => {
    const parsed = parseSelection(text, ids);
    expect(parsed).toMatchObject({
      ok: false,
      error: { code, message, severity: 'error', file: selectionFile },
    });
    const { start, end } = (
      parsed as { ok: false; error: { range: { start: { offset: number }; end: { offset: number } } } }
    ).error.range;
    expect(text.slice(start.offset, end.offset)).toBe(marked);
  });

  test.each([
    ['biuld', 'did you mean build?'],
    ['libstdc++5', 'did you mean "libstdc++6"?'],
    ['tga:nightly', 'did you mean tag:nightly?'],
    ['status:fialed', 'did you mean status:failed?'],
    ['zzzzzz', 'ids are matched exactly: write *zzzzzz* for all that have it in their id'],
    ['', 'write * to select all jobs'],
    ['build && test', 'write a single "&" for jobs in both selections'],
  ])('the hint for %j is: %s', (text, hint) => {
    expect(parseSelection(text, ids)).toMatchObject({ ok: false, error: { hint } });
  });

  test('what is nested too deeply is refused, what is long is not', () => {
    expect(reading(`${'('.repeat(200)}build${')'.repeat(200)}`)).toBe('build');
    expect(reading('('.repeat(100_000))).toBe('E190: parentheses are nested more than 200 deep');
    expect(reading(`${'!'.repeat(100_000)}build`)).toBe('E190: more than 200 negations in a row');
    expect(parseSelection('build '.repeat(100_000), ids)).toMatchObject({
      ok: true,
      expression: { kind: 'or' },
    });
    expect(reading('99999999999999999999+build')).toBe('2147483647+"build"');
  });
});
