import { literalOf, type ShellWord } from './word.ts';
import { assignmentIn } from './wrappers.ts';

/** The variables that a builtin sets: `read a b`, `export A`, `getopts spec name`, `printf -v name` … */
export function namesSetBy(program: string, args: readonly ShellWord[]): string[] {
  switch (program) {
    case 'read':
    case 'mapfile':
    case 'readarray':
      return names(args);
    case 'local':
    case 'declare':
    case 'typeset':
    case 'readonly':
      return [...names(args), ...assigned(args)];
    case 'export':
      return assigned(args);
    case 'getopts':
      return [...names(args.slice(1, 2)), 'OPTARG', 'OPTIND'];
    case 'let':
      return args.flatMap(
        (word) => /^([A-Za-z_]\w*)\s*(?:[-+*/%]?=[^=]|\+\+|--)/.exec(literalOf(word) ?? '')?.[1] ?? [],
      );
    case 'printf':
      return literalOf(args[0] ?? { start: 0, end: 0, pieces: [] }) === '-v' ? names(args.slice(1, 2)) : [];
    default:
      return [];
  }
}

function names(words: readonly ShellWord[]): string[] {
  return words.flatMap((word) => {
    const text = literalOf(word);
    return text !== undefined && /^[A-Za-z_]\w*$/.test(text) ? [text] : [];
  });
}

function assigned(words: readonly ShellWord[]): string[] {
  return words.flatMap((word) => assignmentIn(word) ?? []);
}
