import { literalOf, type ShellWord } from './word.ts';

/** A file that a program needs to start. */
export interface ScriptArgument {
  readonly word: ShellWord;
  /** What begins the word and is no part of the path: the `@` of sqlplus. */
  readonly prefix: string;
  /** Endings that the program adds by itself when the file is not there without. */
  readonly endings: readonly string[];
  /** A folder will do, too (`python3 app/`, `node lib`). */
  readonly mayBeFolder: boolean;
  /** Searched for in PATH when it has no slash (`. env.sh`). */
  readonly isInPath: boolean;
}

export interface Interpreter {
  /** Options whose value is the next word. */
  readonly valued?: readonly string[];
  /** Options after which the program needs no script: `-c code`, `-m module`. */
  readonly standalone?: readonly string[];
  /** Letters that stand for such an option also inside a cluster: the `e` in `perl -ne`. */
  readonly standaloneLetters?: string;
  /** Words before the script: the `run` of `deno run`. */
  readonly subcommand?: string;
  readonly endings?: readonly string[];
  readonly mayBeFolder?: boolean;
  readonly isInPath?: boolean;
}

const shellInterpreter: Interpreter = {
  valued: ['-o', '-O', '+o', '+O', '--rcfile', '--init-file'],
  standaloneLetters: 'cs',
};

const interpreters: readonly (readonly [RegExp, Interpreter])[] = [
  [
    /^(?:python|pypy)(?:[23](?:\.\d+)?)?$/,
    { valued: ['-W', '-X', '--check-hash-based-pycs'], standaloneLetters: 'cmVh', mayBeFolder: true },
  ],
  [/^(?:ba|da|a|k|mk|z)?sh$/, shellInterpreter],
  [
    /^node(?:js)?$/,
    {
      valued: [
        '-r',
        '--require',
        '--import',
        '--loader',
        '--experimental-loader',
        '-C',
        '--conditions',
        '--env-file',
      ],
      standalone: [
        '-e',
        '--eval',
        '-p',
        '--print',
        '-pe',
        '--test',
        '--run',
        '-v',
        '--version',
        '-h',
        '--help',
      ],
      endings: ['.js', '.json', '.node'],
      mayBeFolder: true,
    },
  ],
  [/^perl[\d.]*$/, { valued: ['-I'], standaloneLetters: 'eEvVh' }],
  [/^ruby[\d.]*$/, { valued: ['-I', '-r', '-C', '-E'], standaloneLetters: 'evh' }],
  [
    /^php[\d.]*$/,
    { valued: ['-d', '-c'], standalone: ['-r', '-B', '-R', '-S', '-a', '-i', '-v', '-m', '-f', '-F'] },
  ],
  [/^Rscript$/, { standalone: ['-e', '--version', '--help'] }],
  [/^lua[\d.]*$/, { valued: ['-l'], standaloneLetters: 'evi' }],
  [/^(?:tclsh[\d.]*|wish[\d.]*|osascript|groovy|julia|expect)$/, { standaloneLetters: 'ecE' }],
  [/^(?:\.|source)$/, { isInPath: true }],
];

/** Options whose value is a file that the program reads first. */
const optionsByProgram: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^[gnm]?awk$/, ['-f', '--file']],
  [/^g?sed$/, ['-f', '--file']],
  [/^java$/, ['-jar']],
  [/^psql$/, ['-f', '--file']],
  [/^g?make$/, ['-f', '--file', '--makefile']],
  [/^php[\d.]*$/, ['-f', '--file']],
];

/** How a program is told which script to read. */
export interface ScriptUse {
  readonly interpreter: Interpreter | undefined;
  /** Options whose value is a script. */
  readonly fileOptions: readonly string[];
  readonly runsSql: boolean;
}

/** Undefined for a program that reads no script. */
export function scriptUseOf(program: string): ScriptUse | undefined {
  const interpreter = interpreters.find(([name]) => name.test(program))?.[1];
  const options = optionsByProgram.flatMap(([name, list]) => (name.test(program) ? list : []));
  const runsSql = /^(?:sqlplus|sql)$/.test(program);
  const isKnown = interpreter !== undefined || options.length > 0 || runsSql;
  return isKnown ? { interpreter, fileOptions: options, runsSql } : undefined;
}

/** The scripts that a program is given, as far as they can be told from other arguments. */
export function scriptArguments(
  use: ScriptUse | undefined,
  args: readonly ShellWord[],
): readonly ScriptArgument[] {
  if (use === undefined) return none;
  const { interpreter, fileOptions, runsSql } = use;
  const script = interpreter && scriptOf(args, interpreter);
  if (fileOptions.length === 0 && !runsSql) return script === undefined ? none : [script];
  return [
    ...optionValues(args, fileOptions),
    ...(script === undefined ? none : [script]),
    ...(runsSql ? sqlScripts(args) : none),
  ];
}

const none: readonly never[] = [];

function scriptOf(args: readonly ShellWord[], interpreter: Interpreter): ScriptArgument | undefined {
  const { valued = [], standalone = [], standaloneLetters = '' } = interpreter;
  for (let index = 0; index < args.length; index++) {
    const word = args[index]!;
    const text = literalOf(word);
    if (text === '-') return undefined;
    if (text === '--') return args[index + 1] && argument(args[index + 1]!, interpreter);
    if (text === undefined || !/^[-+]./.test(text)) return argument(word, interpreter);
    if (standalone.includes(text)) return undefined;
    if (/^-[A-Za-z]+$/.test(text) && [...text].some((letter) => standaloneLetters.includes(letter)))
      return undefined;
    if (valued.includes(text)) index++;
  }
  return undefined;
}

function optionValues(args: readonly ShellWord[], options: readonly string[]): ScriptArgument[] {
  if (options.length === 0) return [];
  return args.flatMap((word, index) => {
    const value = args[index + 1];
    const isAsked = options.includes(literalOf(word) ?? '') && value !== undefined;
    return isAsked && literalOf(value) !== '-' ? [argument(value, {})] : [];
  });
}

function sqlScripts(args: readonly ShellWord[]): ScriptArgument[] {
  return args
    .filter(({ pieces: [first] }) => typeof first === 'string' && /^@[^@]/.test(first))
    .map((word) => ({ ...argument(word, { endings: ['.sql'] }), prefix: '@' }));
}

function argument(
  word: ShellWord,
  { endings = [], mayBeFolder = false, isInPath = false }: Interpreter,
): ScriptArgument {
  return { word, prefix: '', endings, mayBeFolder, isInPath };
}
