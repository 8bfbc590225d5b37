import type { CommandFacts, VariableUse } from './commandFacts.ts';
import { bashBuiltinNames } from './programs.ts';
import type { ShellWord } from './word.ts';
import { isWrapper } from './wrappers.ts';

const plainWord = /[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:@%+,=-]*|"\$([A-Za-z_]\w*)"|'([^'\n]*)'/y;
const none: readonly never[] = [];
const noNames: ReadonlySet<string> = new Set();
const here: readonly ShellWord[] = [];
const keywords = new Set(
  'if then else elif fi do done case esac while until for in function select time coproc'.split(' '),
);

/**
 * The facts of a command that is one program and plain arguments: no operators, and of quoting and expansion only
 * `'…'` and `"$NAME"`. Most commands are, and need no parser; undefined for all others.
 */
export function readPlainCommand(text: string): CommandFacts | undefined {
  const words: ShellWord[] = [];
  const uses: VariableUse[] = [];
  let at = 0;
  for (;;) {
    plainWord.lastIndex = at;
    const match = plainWord.exec(text);
    if (match === null) return undefined;
    const end = plainWord.lastIndex;
    const [written, variable, quoted] = match;
    if (variable !== undefined) {
      words.push({ start: at, end, pieces: [{ kind: 'variable', name: variable }] });
      uses.push({ name: variable, start: at + 1, end: end - 1, isGuarded: false });
    } else words.push({ start: at, end, pieces: [{ kind: 'text', text: quoted ?? written }] });
    if (end === text.length) break;
    if (text.charCodeAt(end) !== 32) return undefined;
    at = end + 1;
    while (text.charCodeAt(at) === 32) at++;
    if (at === text.length) break;
  }
  const [name, ...args] = words;
  const [piece] = name!.pieces;
  if (piece?.kind !== 'text' || !isOrdinary(piece.text)) return undefined;
  return {
    isPlain: true,
    problems: none,
    bashSyntax: none,
    invocations: [
      { name: name!, args, folder: here, pathChanges: none, isConditional: false, isTolerated: false },
    ],
    redirections: none,
    folderChanges: none,
    uses,
    assignments: none,
    sets: noNames,
    functions: noNames,
    probedPrograms: noNames,
    probedPaths: noNames,
    readsForeignCode: false,
    background: none,
    shellSyntax: undefined,
  };
}

/** Neither part of the language of the shell nor a program whose arguments are commands. */
function isOrdinary(program: string): boolean {
  return (
    !program.includes('=') &&
    !keywords.has(program) &&
    !isWrapper(program) &&
    !/^(?:ba|da|a|k|mk|z)?sh$|^find$|^which$|^whereis$/.test(program) &&
    (!bashBuiltinNames.has(program) || ['echo', 'true', 'false', 'pwd', 'printf'].includes(program))
  );
}
