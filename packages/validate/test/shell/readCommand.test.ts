import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readPlainCommand } from '../../src/shell/plainCommand.ts';
import { dialectOf, readCommand } from '../../src/shell/readCommand.ts';
import { keyOf } from '../../src/shell/word.ts';

/** The programs of a command as `folder> program arguments`; `?` before one in a branch, `!` before a tolerated one. */
function programs(command: string, dialect: 'posix' | 'bash' = 'posix'): string[] {
  return readCommand(command, dialect).invocations.map(
    ({ name, args, folder, isConditional, isTolerated }) => {
      const where =
        folder === undefined ? 'nobody knows> ' : folder.map((word) => `${keyOf(word)}> `).join('');
      const flags = `${isConditional ? '?' : ''}${isTolerated ? '!' : ''}`;
      return `${flags}${where}${[name, ...args].map(keyOf).join(' ')}`;
    },
  );
}

describe('the programs of a command', () => {
  test.each([
    ['a b | c && d; e', ['a b', 'c', 'd', 'e']],
    ['(a; b) & { c; }', ['a', 'b', 'c']],
    ['if a; then b; elif c; then d; else e; fi', ['a', '?b', '?c', '?d', '?e']],
    ['for x in 1 2; do a $x; done', ['a ${x}']],
    ['while a; do b; done', ['a', '?b']],
    ['case $x in y) a;; esac', ['?a']],
    ['f() { a; }; f', ['?a', 'f']],
    ['! a', ['a']],
    ['a || b', ['a', '?b']],
    ['a || true', ['!a', '?true']],
    ['a && b || :', ['!a', '!b', '?:']],
    ['[ -f x ] && a', ['[ -f x ]', '?a']],
    ['a "$(b `c`)"', ['a ?', 'b ?', 'c']],
    ['x=$(a) b', ['a', 'b']],
    ['cat <<EOF\n$(a)\nEOF', ['cat', 'a']],
    ["cat <<'EOF'\n$(a)\nEOF", ['cat']],
    ['env A=b -u C d e', ['env A=b -u C d e', 'd e']],
    ['sudo -nu root -- a', ['sudo -nu root -- a', 'a']],
    ['timeout -s KILL 5 a', ['timeout -s KILL 5 a', 'a']],
    ['nohup nice -n 5 a b', ['nohup nice -n 5 a b', 'nice -n 5 a b', 'a b']],
    ['xargs -n1 -P 4 a b', ['xargs -n1 -P 4 a b', 'a b']],
    ["sh -c 'a | b'", ['sh -c a | b', 'a', 'b']],
    ["bash -euc 'a' x", ['bash -euc a x', 'a']],
    ["sudo sh -c 'a'", ['sudo sh -c a', 'sh -c a', 'a']],
    ['find . -exec a {} ; -execdir b {} +', ['find . -exec a {}', 'a {}', '-execdir b {} +']],
    [
      'find . -exec a {} \\; -execdir b {} +',
      ['find . -exec a {} ; -execdir b {} +', 'a {}', 'nobody knows> b {}'],
    ],
    ['flock -w 5 /l a', ['flock -w 5 /l a', 'a']],
    ["flock /l -c 'a'", ['flock /l -c a', 'a']],
    ['command -v a', ['command -v a']],
    ["eval 'a b'", ['eval a b', 'a b']],
    ['$X y', ['${X} y']],
    ['~/a', ['${HOME}/a']],
  ])('%s', (command, expected) => {
    expect(programs(command)).toEqual(expected);
  });

  test('run in the folder that the command has changed to, as far as it is known', () => {
    expect(programs('cd a; b; (cd c; d); e')).toEqual(['cd a', 'a> b', 'a> cd c', 'a> c> d', 'a> e']);
    expect(programs('cd a | b; c')).toEqual(['cd a', 'b', 'c']);
    expect(programs('if a; then cd b; fi; c').at(-1)).toBe('nobody knows> c');
    expect(programs('cd; a')).toEqual(['cd', 'nobody knows> a']);
  });
});

describe('places', () => {
  const textAt = (command: string) => {
    const { invocations } = readCommand(command, 'bash');
    return invocations.map(({ name }) => command.slice(name.start, name.end));
  };

  test('are those in the whole command, in nested texts too', () => {
    expect(textAt(`a && bash -c 'b; sh -c "c"' | d "$(e)"`)).toEqual(['a', 'bash', 'b', 'sh', 'c', 'd', 'e']);
  });

  test('are those of the word where quoting hides them', () => {
    expect(textAt('sh -c "a \\"x\\"; b"')).toEqual(['sh', '"a \\"x\\"; b"', '"a \\"x\\"; b"']);
    expect(textAt('echo `sh -c \\`a\\``')[0]).toBe('echo');
  });

  test('of errors lie inside the command', () => {
    expect(readCommand('echo "a', 'posix').problems).toMatchObject([{ start: 5, end: 6 }]);
    expect(readCommand(`sh -c 'a | '`, 'posix').problems).toMatchObject([
      { nested: { shell: 'sh', text: 'a | ' } },
    ]);
  });
});

describe('variables', () => {
  const variables = (command: string) => {
    const { uses, sets } = readCommand(command, 'bash');
    return [
      uses.map(({ name, isGuarded }) => (isGuarded ? `(${name})` : name)).join(' '),
      [...sets].join(' '),
    ];
  };

  test.each([
    ['echo $A "${B}" \'$C\' \\$D', 'A B', ''],
    ['echo ${A:-x} ${B:?} ${C+y} ${D:=z} ${#E} ${F%.c}', '(A) (B) (C) (D) E F', 'D'],
    ['[ -n "$A" ] && [[ -z $B ]]', '(A) (B)', ''],
    ['A=1; export B=2; read C D; for E in x; do :; done', '', 'A B C D E'],
    ['echo $((A + 1)); ((B++)); let C=2', '(A) (B)', 'B C'],
    ['while getopts ab: O; do echo $OPTARG; done', 'OPTARG', 'O OPTARG OPTIND'],
    ['printf -v A x; mapfile B', '', 'A B'],
    ['echo $1 $@ $? $$', '', ''],
    ['cat <<EOF\n$A\nEOF', 'A', ''],
    ["awk '{ print $1, $NF }'", '', ''],
    ['echo `echo $A`', 'A', ''],
  ])('%s', (command, uses, sets) => {
    expect(variables(command)).toEqual([uses, sets]);
  });
});

describe('files', () => {
  const files = (command: string) =>
    readCommand(command, 'posix').redirections.map(({ kind, target }) => `${kind} ${keyOf(target)}`);

  test.each([
    ['a < b > c 2>> d', ['read b', 'write c', 'write d']],
    ['a 2>&1 <&3 >&-', []],
    ['{ a; } > b', ['write b']],
    ['while read x; do :; done < "$F"', ['read ${F}']],
    ['a <<< b', []],
  ])('%s', (command, expected) => {
    expect(files(command)).toEqual(expected);
  });
});

describe('what is asked for first', () => {
  test('programs and paths', () => {
    const { probedPrograms, probedPaths } = readCommand(
      'command -v jq && which xz; type -p a; [ -f "$D/x" ] && test -d y; [[ -e z ]]',
      'bash',
    );
    expect([...probedPrograms]).toEqual(['jq', 'xz', 'a']);
    expect([...probedPaths]).toEqual(expect.arrayContaining(['${D}/x', 'y', 'z']));
  });
});

describe('bash syntax', () => {
  test.each([
    ['[[ a = b ]]', '[[ … ]]'],
    ['((1))', '(( … ))'],
    ['a=(1 2)', 'an array'],
    ['cat <(a)', '<( … )'],
    ['a <<< b', '<<<'],
    ['a |& b', '|&'],
    ['a &> b', '&>'],
    ['echo ${a/b/c}', '${name/pattern/text}'],
    ['echo ${a:1}', '${name:offset}'],
    ['echo ${a^^}', '${name^^}'],
    ["echo $'a'", "$'…'"],
    ['function f { :; }', 'function name {…}'],
    ['source x', 'source'],
    ['a+=b', '+='],
    ['echo {1..3}', '{…,…}'],
  ])('%s', (command, what) => {
    expect(readCommand(command, 'posix').bashSyntax.map((one) => one.what)).toContain(what);
    expect(readCommand(command, 'bash').bashSyntax).toEqual([]);
  });

  test.each(['[ a = b ]', 'a > b 2>&1', 'echo ${a:-b} ${a%b} ${#a}', 'f() { :; }', '. ./x', 'echo $((1+1))'])(
    'not in %s',
    (command) => {
      expect(readCommand(command, 'posix').bashSyntax).toEqual([]);
    },
  );
});

describe('a plain command', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9_./:@%+,-]{1,8}$|^"\$[A-Z]{1,3}"$|^'[a-z $*]{0,6}'$/);

  test('is read without the parser just as with it', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        const command = words.join(' ');
        const plain = readPlainCommand(command);
        if (plain === undefined) return;
        // A statement behind it makes the parser read all of it.
        const [parsed] = readCommand(`${command}; x`, 'bash').invocations;
        const { name, args, folder, pathChanges, isConditional, isTolerated } = plain.invocations[0]!;
        expect({ name, args, folder, pathChanges, isConditional, isTolerated }).toEqual(parsed);
        expect(plain.uses).toEqual(readCommand(`${command}; x`, 'bash').uses);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['python3 load.py --table t_1 --date "$DAY"', 'sleep 55.9', './run.sh -x', "psql -c 'select 1'"])(
    'such as %s',
    (command) => expect(readPlainCommand(command)?.isPlain).toBe(true),
  );

  test.each([
    'a | b',
    'a=b c',
    'if x',
    'cd x',
    'sudo a',
    'sh -c x',
    'a ~/b',
    'a *.txt',
    'a "b$C"',
    'a#b',
    '',
    ' a',
  ])('not %j', (command) => expect(readPlainCommand(command)).toBeUndefined());
});

describe('any text', () => {
  const shellText = fc.array(
    fc.oneof(
      fc.constantFrom(...'"\'`$(){}[]|&;<>\\#\n~*?!='.split('')),
      fc.constantFrom(
        'if ',
        'then ',
        'fi',
        'do ',
        'done',
        '<<EOF\n',
        '$((',
        '${',
        'case x in ',
        'sh -c ',
        "bash -c '",
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 30 },
  );

  test('is read without an error of ours, with all places inside it', () => {
    fc.assert(
      fc.property(
        shellText,
        fc.constantFrom('posix' as const, 'bash' as const, 'other' as const),
        (parts, dialect) => {
          const text = parts.join('');
          const { problems, invocations, uses, redirections, background, bashSyntax } = readCommand(
            text,
            dialect,
          );
          const places = [
            ...problems,
            ...uses,
            ...background,
            ...bashSyntax,
            ...invocations.map(({ name }) => name),
            ...redirections.map(({ target }) => target),
          ];
          for (const { start, end } of places) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

test('the language of a shell is known by its name', () => {
  expect(['/bin/sh', 'bash', '/usr/bin/dash', '/bin/zsh', '/usr/bin/python3'].map(dialectOf)).toEqual([
    'posix',
    'bash',
    'posix',
    'other',
    undefined,
  ]);
});
