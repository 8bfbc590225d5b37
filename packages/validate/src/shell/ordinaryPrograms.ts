import { takesText } from './nestedText.ts';
import { bashBuiltinNames } from './programs.ts';
import { isRemote } from './remoteText.ts';
import { isWrapper } from './wrappers.ts';

const known = new Map<string, boolean>();
const mostRemembered = 10_000;

/** Whether there is nothing to say of a program but that it is started: it changes no state of the shell and starts nothing itself. */
export function isOrdinary(program: string): boolean {
  let answer = known.get(program);
  if (answer === undefined) {
    answer = look(program);
    if (known.size < mostRemembered) known.set(program, answer);
  }
  return answer;
}

function look(program: string): boolean {
  const base = program.slice(program.lastIndexOf('/') + 1);
  return (
    base !== '' &&
    !isWrapper(base) &&
    !/^(?:zsh|find|which|whereis)$/.test(base) &&
    !takesText(base) &&
    !isRemote(base) &&
    (!bashBuiltinNames.has(program) || ['echo', 'true', 'false', 'pwd'].includes(program))
  );
}
