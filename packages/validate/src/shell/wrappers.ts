import { literalOf, type ShellWord } from './word.ts';

interface Wrapper {
  /** Short options that take a value, as letters. */
  readonly valued?: string;
  /** Long options that take their value as a word of its own. */
  readonly longValued?: readonly string[];
  /** `NAME=value` words before the command. */
  readonly assignments?: boolean;
  /** Words before the command: the duration of `timeout`, the file of `flock`. */
  readonly skip?: number;
}

/** Programs that start another program with the words that follow. */
const wrappers: Readonly<Record<string, Wrapper>> = {
  builtin: {},
  caffeinate: { valued: 'tw' },
  chronic: {},
  chrt: { valued: 'TPD', skip: 1 },
  command: {},
  doas: { valued: 'uC' },
  env: { valued: 'uCS', longValued: ['unset', 'chdir', 'split-string'], assignments: true },
  exec: { valued: 'a' },
  flock: { valued: 'wE', longValued: ['wait', 'timeout', 'conflict-exit-code'], skip: 1 },
  ionice: { valued: 'cnpPu', longValued: ['class', 'classdata'] },
  nice: { valued: 'n', longValued: ['adjustment'] },
  nohup: {},
  'dbus-run-session': { longValued: ['config-file', 'dbus-daemon'] },
  numactl: {
    valued: 'NmCpi',
    longValued: ['cpunodebind', 'membind', 'physcpubind', 'interleave', 'preferred'],
  },
  parallel: {
    valued: 'jJaNnSsLPICdEt',
    longValued: [
      'jobs',
      'arg-file',
      'max-args',
      'max-lines',
      'colsep',
      'delay',
      'delimiter',
      'joblog',
      'load',
      'memfree',
      'results',
      'retries',
      'sshlogin',
      'sshloginfile',
      'tempdir',
      'timeout',
      'halt',
      'tagstring',
      'wd',
      'workdir',
      'env',
      'basefile',
      'max-procs',
      'nice',
      'profile',
      'progress-format',
      'return',
      'shuf-seed',
    ],
  },
  setsid: {},
  stdbuf: { valued: 'ioe', longValued: ['input', 'output', 'error'] },
  strace: { valued: 'abeEIoOpPsSuUX' },
  sudo: {
    valued: 'ugpCThrtUDR',
    longValued: [
      'user',
      'group',
      'prompt',
      'close-from',
      'host',
      'role',
      'type',
      'chdir',
      'chroot',
      'other-user',
    ],
    assignments: true,
  },
  taskset: { valued: '', skip: 1 },
  time: { valued: 'fo', longValued: ['format', 'output'] },
  timeout: { valued: 'ks', longValued: ['kill-after', 'signal'], skip: 1 },
  unbuffer: {},
  'xvfb-run': {
    valued: 'enfpsw',
    longValued: ['server-num', 'server-args', 'error-file', 'auth-file', 'xauth-protocol', 'wait'],
  },
  watch: { valued: 'nq', longValued: ['interval'] },
  xargs: {
    valued: 'adEILnPs',
    longValued: [
      'arg-file',
      'delimiter',
      'max-lines',
      'max-args',
      'max-procs',
      'max-chars',
      'process-slot-var',
    ],
  },
};

export interface Unwrapped {
  readonly name: ShellWord;
  readonly args: readonly ShellWord[];
  /** Names that the wrapper sets for the command. */
  readonly assigned: readonly string[];
  /** The wrapper gives PATH another value, or none at all (`env -i`). */
  readonly changesPath: boolean;
}

/** The command inside a wrapper such as `env A=b`, `sudo -u x` or `timeout 5`; undefined when there is none. */
export function unwrap(program: string, args: readonly ShellWord[]): Unwrapped | undefined {
  const wrapper = Object.hasOwn(wrappers, program) ? wrappers[program] : undefined;
  if (wrapper === undefined || isQuestion(program, args)) return undefined;
  const assigned: string[] = [];
  let changesPath = false;
  let index = 0;
  for (; index < args.length; index++) {
    const text = literalOf(args[index]!);
    const assignment = wrapper.assignments === true ? assignmentIn(args[index]!) : undefined;
    if (assignment !== undefined) {
      assigned.push(assignment);
      changesPath ||= assignment === 'PATH';
    } else if (text === '--') {
      index++;
      break;
    } else if (text?.startsWith('-') === true) {
      changesPath ||= program === 'env' && ['-', '-i', '--ignore-environment'].includes(text);
      if (takesNextWord(text, wrapper)) index++;
    } else break;
  }
  index += wrapper.skip ?? 0;
  const name = args[index];
  if (program === 'parallel') return inParallel(args.slice(index), assigned);
  return name && { name, args: args.slice(index + 1), assigned, changesPath };
}

/** Behind `:::` stand what the command is run for. */
function inParallel(words: readonly ShellWord[], assigned: readonly string[]): Unwrapped | undefined {
  const end = words.findIndex((word) => /^:::/.test(literalOf(word) ?? ''));
  const [name, ...args] = end === -1 ? words : words.slice(0, end);
  return name && { name, args, assigned, changesPath: false };
}

/** `command -v jq` asks for a program and starts none. */
export function isQuestion(program: string, args: readonly ShellWord[]): boolean {
  if (['which', 'type', 'hash', 'whereis'].includes(program)) return true;
  const [first] = args;
  return program === 'command' && first !== undefined && /^-[pvV]*[vV]/.test(literalOf(first) ?? '');
}

/** The name in a word of the form `NAME=…`. */
export function assignmentIn({ pieces }: ShellWord): string | undefined {
  const [first] = pieces;
  return typeof first === 'string' ? /^([A-Za-z_]\w*)=/.exec(first)?.[1] : undefined;
}

function takesNextWord(option: string, { valued = '', longValued = [] }: Wrapper): boolean {
  if (option.startsWith('--')) return longValued.includes(option.slice(2));
  // The first letter of a cluster that takes a value takes the rest of the word or, when it is the last, the next one.
  const letters = [...option.slice(1)];
  return letters.findIndex((letter) => valued.includes(letter)) === letters.length - 1 && letters.length > 0;
}

export function isWrapper(program: string): boolean {
  return Object.hasOwn(wrappers, program);
}
