import { runShellCheck } from './shellCheck.ts';
import type { ShellCheckComment, World } from './world.ts';

type Answer = readonly ShellCheckComment[] | undefined;

/** Asks ShellCheck at the path `program`, about each script once. */
export function cachedShellCheck(program: string): NonNullable<World['shellCheck']> {
  const answers = { sh: new Map<string, Answer>(), bash: new Map<string, Answer>() };
  return (scripts, shell) => {
    const known = answers[shell];
    const open = [...new Set(scripts)].filter((script) => !known.has(script));
    const found = open.length === 0 ? [] : runShellCheck(program, open, shell);
    open.forEach((script, index) => void known.set(script, found[index]));
    return scripts.map((script) => known.get(script));
  };
}
