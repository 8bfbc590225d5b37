import { isSecretName, writtenSecrets } from '@executioner/core';
import type { Part } from '../../shell/part.ts';
import { literalOf, type ShellWord } from '../../shell/word.ts';
import type { JobSubject } from '../subject.ts';
import type { PlainSecret } from './foundSecret.ts';
import { isLiteral, isSecretValue } from './secretValue.ts';

const secretOption = /^--?(?:[\w-]*-)?(?:password|passwd|secret|token|api-?key)(?:=(.+))?$/is;

/** What every command holds that assigns a secret or gives one to a program: most hold none of it, and need no closer look. */
const mayHoldSecret =
  /passw|secret|token|credential|key|_pwd|redis|mysql|mariadb|sshpass|curl|sqlplus|sqlldr|expdp|impdp|rman/i;
const none: readonly never[] = [];

/** Passwords in a command and its arguments: everybody on the machine sees them in the list of processes, too. */
export function secretsInCommand(job: JobSubject): readonly PlainSecret[] {
  const { command } = job.job;
  const [token] = writtenSecrets(command);
  if (token === undefined && !mayHoldSecret.test(command)) return none;
  const { facts } = job;
  if (facts === undefined) return none;
  const parts: { readonly kind: string; readonly part: Part }[] = [];
  if (token !== undefined) parts.push({ kind: token.kind, part: token });
  for (const { name, value } of facts.assignments) {
    const text = literalOf(value);
    if (text === undefined || !isSecretName(name, []) || !isSecretValue(name, text, [])) continue;
    parts.push({ kind: `the value of "${name}"`, part: value });
  }
  for (const { program: known, args } of facts.invocations) {
    const program = known?.baseName ?? '';
    for (const part of secretArguments(program, args))
      parts.push({ kind: `a password for ${program}`, part });
  }
  const seen = new Set<number>();
  return parts
    .filter(({ part }) => !seen.has(part.start) && seen.add(part.start))
    .map(({ kind, part }) => ({
      what: `the command of job "${job.job.id}" holds ${kind} in plain text`,
      place: job.placeInCommand(part),
      hidden: job.placeInCommand(part),
      job: job.job.id,
      hint: 'use a variable that is not in the file: "$DB_PASSWORD"',
    }));
}

function secretArguments(program: string, args: readonly ShellWord[]): Part[] {
  if (args.length === 0) return [];
  return args.flatMap((word, index) => {
    const text = literalOf(word);
    if (text === undefined) return [];
    const next = args[index + 1];
    const nextText = next && literalOf(next);
    const option = text.startsWith('-') ? secretOption.exec(text) : null;
    if (option?.[1] !== undefined)
      return isLiteral(option[1]) && !isPath(option[1]) ? [endOf(word, option[1].length)] : [];
    if (
      option !== null &&
      nextText !== undefined &&
      isLiteral(nextText) &&
      !/^-/.test(nextText) &&
      !isPath(nextText)
    ) {
      return next === undefined ? [] : [next];
    }
    if (/^mysql|^mariadb/.test(program) && /^-p.+/.test(text)) return [endOf(word, text.length - 2)];
    if (program === 'sshpass' && text === '-p' && next !== undefined && nextText !== undefined) return [next];
    if (program === 'curl' && /^(?:-u|--user)$/.test(text) && next !== undefined && /:./.test(nextText ?? ''))
      return [endOf(next, nextText!.length - nextText!.indexOf(':') - 1)];
    if (/^(?:sqlplus|sqlldr|expdp|impdp|rman)$/.test(program)) {
      const login = /^(?:userid=)?[\w$#]+\/([^@/\s]+)(?:@\S+)?$/i.exec(text);
      return login === null || !isLiteral(login[1]!) ? [] : [word];
    }
    return [];
  });
}

function isPath(text: string): boolean {
  return /^(?:~?\/|\.{1,2}\/|@|file:)/.test(text) || /^(?:true|false|stdin|-)$/.test(text);
}

function endOf({ end }: ShellWord, length: number): Part {
  return { start: end - length, end };
}
