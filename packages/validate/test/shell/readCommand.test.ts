import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CommandFacts } from '../../src/shell/commandFacts.ts';
import { readPlainCommand } from '../../src/shell/plainReader.ts';
import { dialectOf, parseCommand, readCommand } from '../../src/shell/readCommand.ts';
import { keyOf, type ShellWord } from '../../src/shell/word.ts';

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
    ["cat <<'EOF' | bash\na; b\nEOF", ['cat', 'bash', 'a', 'b']],
    ['cat - <<EOF | sudo sh\na\nEOF', ['cat -', 'sudo sh', 'sh', 'a']],
    ['cat <<EOF | tee x | bash\na\nEOF', ['cat', 'tee x', 'bash']],
    ['cat y <<EOF | bash\na\nEOF', ['cat y', 'bash']],
    ['cat <<EOF | bash x.sh\na\nEOF', ['cat', 'bash x.sh']],
    ['cat <<EOF | (bash)\na\nEOF', ['cat', 'bash']],
    ['cat <<EOF | bash; bash\na\nEOF', ['cat', 'bash', 'bash', 'a']],
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

test('the pipe at the end is that of the whole command', () => {
  const pipe = (command: string) => readCommand(command, 'posix').finalPipe;
  expect(pipe('a; b x | c')).toMatchObject({ first: 'b', last: 'c' });
  expect(pipe('a "$(d)" | c')).toMatchObject({ first: 'a', last: 'c' });
  expect(pipe('a | c; b')).toBeUndefined();
  expect(pipe('b "$(a | c)"')).toBeUndefined();
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
  const usual = fc.constantFrom(
    ...'a echo true : - x.y --z=1 *.c ? = != ! ] $A ${B} "$C" "x $D y" \'q$E\' a"b"\'c\' 2>&1 >f >>f <f 2>/dev/null >&2'.split(
      ' ',
    ),
    ...['[ -f x ]', 'test -n "$A"', 'command -v a', 'env X=1 a', 'sudo -u r b', 'xargs -n1 a', 'timeout 5 a'],
    ...[
      'A=1',
      'A="$B"',
      'PATH=/x:$PATH',
      'cd x',
      'popd',
      'read v',
      'printf -v x',
      "'a\nb'",
      '# c\n',
      '\\\n',
      '\t',
    ],
  );
  const unusual = fc.constantFrom(
    ...'if then fi for do done while time { } ~ " $ ` [ $(a) 2> a# a( ${A:-b} \\x'.split(' '),
  );
  const word = fc.oneof({ arbitrary: usual, weight: 50 }, { arbitrary: unusual, weight: 1 });
  const command = fc
    .tuple(fc.constantFrom('a', 'echo', 'cd', '"$A" b', 'X=1', '[ x ]'), fc.array(word, { maxLength: 3 }))
    .map(([first, words]) => [first, ...words].join(' '));
  const operator = fc.oneof(
    { arbitrary: fc.constantFrom('; ', ' && ', ' || ', ' | ', '\n', ' || true; ', '&&\n', ';'), weight: 30 },
    { arbitrary: fc.constantFrom(' & ', ';;', ' |& ', '; ; ', ' && && ', ' | |'), weight: 1 },
  );
  const { list } = fc.letrec<{ list: string; statement: string }>((tie) => ({
    statement: fc.oneof(
      { maxDepth: 2 },
      { arbitrary: command, weight: 8 },
      fc.tuple(tie('list'), tie('list')).map(([a, b]) => `if ${a}; then ${b}; fi`),
      fc.tuple(tie('list'), tie('list'), tie('list')).map(([a, b, c]) => `if ${a}; then ${b}\nelse ${c}\nfi`),
      fc.tuple(command, tie('list')).map(([words, body]) => `for v in ${words}; do ${body}; done`),
      fc.tuple(tie('list'), tie('list')).map(([a, b]) => `while ${a}; do ${b}; done`),
      tie('list').map((inner) => `(${inner})`),
    ),
    list: fc
      .tuple(tie('statement'), fc.array(fc.tuple(operator, tie('statement')), { maxLength: 3 }))
      .map(([first, others]) => first + others.flat().join('')),
  }));

  test('is read without the parser just as with it', () => {
    let read = 0;
    fc.assert(
      fc.property(list, fc.constantFrom('posix' as const, 'bash' as const), (text, dialect) => {
        const plain = readPlainCommand(text, dialect);
        if (plain === undefined) return;
        read++;
        expect(comparable(plain)).toEqual(comparable(parseCommand(text, dialect)));
      }),
      { numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(200);
  });

  test.each([
    'python3 load.py --table t_1 --date "$DAY"',
    'sleep 55.9',
    './run.sh -x',
    "psql -c 'select 1'",
    ' a',
  ])('that is one program: %j', (text) => expect(readPlainCommand(text, 'posix')?.isPlain).toBe(true));

  test.each([
    'a | b',
    'a=b c',
    'cd x',
    'sudo a',
    'a *.txt',
    'a "b$C"',
    'if [ -f x ]; then a; else b; fi',
    'for x in 1 2; do a "$x" >> log; done',
    'a # done',
  ])('with more than one program with its arguments: %j', (text) =>
    expect(readPlainCommand(text, 'posix')?.isPlain).toBe(false),
  );

  test.each([
    'if x',
    'a ~/b',
    'a#b',
    '',
    'a &',
    'a "',
    'a $(b)',
    'a &&',
    '; a',
    'export A=b',
    'a() { b; }',
    "sh -c 'a'",
  ])('left to the parser: %j', (text) => expect(readPlainCommand(text, 'posix')).toBeUndefined());

  test('needs a shell for a variable in quotes, too', () => {
    expect(readCommand('cat "$A"', 'posix').shellSyntax).toEqual({ start: 5, end: 7 });
    expect(readCommand('cat "${A}"', 'posix').shellSyntax).toBeUndefined();
  });
});

/** All facts but `isPlain`, with neighbouring texts in a word joined. */
function comparable({ isPlain: _, ...facts }: CommandFacts) {
  const word = ({ start, end, text, pieces }: ShellWord) => ({
    start,
    end,
    text,
    key: keyOf({ start, end, pieces }),
  });
  const words = (list: readonly (ShellWord | undefined)[] | undefined) =>
    list?.map((one) => one && word(one));
  return {
    ...facts,
    invocations: facts.invocations.map(({ name, args, folder, pathChanges, isConditional, isTolerated }) => ({
      name: word(name),
      args: words(args),
      folder: words(folder),
      pathChanges: words(pathChanges),
      isConditional,
      isTolerated,
    })),
    redirections: facts.redirections.map((one) => ({
      ...one,
      target: word(one.target),
      folder: words(one.folder),
    })),
    folderChanges: facts.folderChanges.map((one) => ({
      ...one,
      target: word(one.target),
      folder: words(one.folder),
    })),
    assignments: facts.assignments.map(({ name, value }) => ({ name, value: word(value) })),
  };
}

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
