import type { ShellWord } from '../../shell/word.ts';
import type { Rule } from '../rule.ts';
import type { JobSubject } from '../subject.ts';

export const lookalikeCharacter: Rule = {
  code: 'W413',
  title: 'Character that only looks right',
  severity: 'warning',
  explanation:
    'A command holds, outside of quotes, a character that looks like one of the shell and is none: a typographic quote or dash, as word processors and web pages put in place of `"` and `-`, a blank that does not part words, one without any width, or the carriage return of a file from Windows. The shell takes it for a part of the word.',
  remedy:
    'Type the character again, or paste the command as plain text. In quotes it is text, and not reported.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: greet\n    description: Greets\n    command: echo “good morning”\n',
    mended: 'version: 2\njobs:\n  - id: greet\n    description: Greets\n    command: echo "good morning"\n',
  },
  check(_subject, report) {
    const look = (job: JobSubject): void => {
      const { command } = job.job;
      if (!anyLookalike.test(command)) return;
      for (const { name, args } of job.facts?.invocations ?? []) {
        for (const word of [name, ...args]) {
          const found = lookalikeIn(word, command);
          if (found === undefined) continue;
          report({
            message: `the command of job "${job.job.id}" holds ${found.what}, which is part of a word for the shell`,
            place: job.placeInCommand({ start: found.at, end: found.at + 1 }),
            job: job.job.id,
            hint: found.hint,
          });
          return;
        }
      }
    };
    return { job: look };
  },
};

const anyLookalike = /[\u2018-\u201f\u2013\u2014\u2212\u00a0\u200b\ufeff\r]/;

/** What is sought in an unquoted word, and what was meant. An apostrophe inside a word is one. */
const lookalikes: readonly (readonly [RegExp, string, string])[] = [
  [/[\u201c-\u201f]|^[\u2018-\u201b]/, 'a typographic quote', 'write " or \' instead'],
  [/^[\u2013\u2014\u2212]/, 'a typographic dash', 'write - or -- instead'],
  [/[\u00a0\u200b\ufeff]/, 'a blank that parts no words', 'write a plain blank instead'],
  [/\r/, 'a carriage return', 'end the lines of the command with a line feed alone'],
];

function lookalikeIn({ start, end, text }: ShellWord, command: string) {
  // Where word and text differ there are quotes or escapes.
  if (text === undefined || text.length !== end - start || command.slice(start, end) !== text)
    return undefined;
  for (const [pattern, what, hint] of lookalikes) {
    const at = text.search(pattern);
    if (at !== -1) return { what, hint, at: start + at };
  }
  return undefined;
}
