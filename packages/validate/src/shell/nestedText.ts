import { literalOf, type ShellWord } from './word.ts';

/**
 * The text that a program hands to a shell of this machine: that of `sh -c`, `su -c`, `script -c`, `watch`, `parallel`,
 * `trap` and `eval`. Undefined: there is none, or it cannot be told apart from other arguments.
 */
export function nestedText(program: string, args: readonly ShellWord[]): ShellWord | undefined {
  if (isShell(program)) return behindOption(args);
  switch (program) {
    case 'su':
    case 'runuser':
    case 'script':
      return behindC(args);
    case 'eval':
      return args.length === 1 ? args[0] : undefined;
    case 'trap':
      // `trap - EXIT` and `trap '' INT` run nothing.
      return args.length > 1 && !['-', ''].includes(literalOf(args[0]!) ?? '-') ? args[0] : undefined;
    case 'watch':
    case 'parallel':
      return textOfWords(args);
    default:
      return undefined;
  }
}

/** Whether `nestedText` may find something in the arguments of the program. */
export function takesText(program: string): boolean {
  return isShell(program) || /^(?:su|runuser|script|eval|trap|watch|parallel)$/.test(program);
}

function isShell(program: string): boolean {
  return /^(?:ba|da|a|k|mk)?sh$/.test(program);
}

/** Options of a shell whose value is the next word. */
const valued = ['-o', '-O', '+o', '+O', '--rcfile', '--init-file'];

/** Whether the program is a shell that is given neither a script nor a text, so that it reads commands from its input. */
export function readsInput(program: string, args: readonly ShellWord[]): boolean {
  if (program === 'su') return behindC(args) === undefined;
  if (!isShell(program)) return false;
  for (let index = 0; index < args.length; index++) {
    const text = literalOf(args[index]!);
    if (text === undefined || (text !== '-' && !/^[-+]/.test(text))) return false;
    if (/^-[a-z]*s/.test(text) || text === '-' || text === '--') return true;
    if (/^-[a-z]*c/.test(text) || text === '--help' || text === '--version') return false;
    if (valued.includes(text)) index++;
  }
  return true;
}

/** Behind the options of a shell, of which some take a value, one of them holding a `c`. */
function behindOption(args: readonly ShellWord[]): ShellWord | undefined {
  for (let index = 0; index < args.length; index++) {
    const text = literalOf(args[index]!);
    if (text === undefined || !/^[-+]/.test(text)) return undefined;
    if (/^-[a-z]*c[a-z]*$/.test(text)) return args.slice(index + 1).find((word) => !isOption(word));
    if (valued.includes(text)) index++;
  }
  return undefined;
}

/** `su - user -c text`, where the option may stand anywhere. */
function behindC(args: readonly ShellWord[]): ShellWord | undefined {
  const index = args.findIndex((word) => /^-[a-z]*c$|^--command$/.test(literalOf(word) ?? ''));
  return index === -1 ? undefined : args[index + 1];
}

/** `watch 'a | b'`, `parallel 'a {} | b' ::: 1 2`: one word in which there is more than a name. */
function textOfWords(args: readonly ShellWord[]): ShellWord | undefined {
  const first = args.find((word) => /\s/.test(literalOf(word) ?? ''));
  if (first === undefined || args.some((word) => literalOf(word) === undefined)) return undefined;
  const at = args.indexOf(first);
  const next = args[at + 1];
  const isAlone = next === undefined || /^:::/.test(literalOf(next)!);
  // What stands before it are options and their values.
  const isFirst = args
    .slice(0, at)
    .every((word, index) => isOption(word) || (index > 0 && isOption(args[index - 1]!)));
  return isAlone && isFirst ? first : undefined;
}

function isOption(word: ShellWord): boolean {
  return /^[-+]/.test(literalOf(word) ?? '');
}
