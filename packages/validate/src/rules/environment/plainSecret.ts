import { type DocumentPath, isSecretName, writtenSecrets } from '@executioner/core';
import type { Part } from '../../shell/commandFacts.ts';
import { literalOf, type ShellWord } from '../../shell/word.ts';
import type { FindingPlace } from '../findingPlace.ts';
import type { Rule } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';
import { placeOfVariable, writtenVariables } from './systemVariable.ts';

export const plainSecret: Rule = {
  code: 'W510',
  title: 'Secret in plain text',
  severity: 'warning',
  explanation:
    'A password, token or key is written into the file, so that everybody who can read it, its copies and its history can use it. Looked for are values of variables and settings with secret names (`DB_PASSWORD`, `smtp_password`, switched-off keys such as `_smtp_password` too), the known forms of access tokens and private keys, passwords in URLs, and options of programs that take one. The value itself is never shown.',
  remedy:
    'Take the value from the environment: leave the variable out of the file and give it with --env or let jobs inherit it, or refer to another one (`smtp_password: ${SMTP_PASSWORD}`). A secret that has been in a repository must be changed.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nenv_variables:\n  DB_PASSWORD: correct-horse\njobs:\n  - id: load\n    description: Loads the day\n    command: "true"\n',
    mended:
      'version: 2\njobs:\n  - id: load\n    description: Loads the day, with DB_PASSWORD from the environment\n    command: "true"\n',
  },
  check(subject, report) {
    for (const { what, place, job, hint } of subject.once(plainSecrets)) {
      report({ message: what, place, ...(job !== undefined && { job }), hint });
    }
  },
};

/** A secret that is written down, and where: the place never is that of the value alone. */
export interface PlainSecret {
  readonly what: string;
  readonly place: FindingPlace;
  readonly job?: string;
  readonly hint: string;
  /** Where the secret itself stands, to be hidden wherever the text is shown. */
  readonly hidden: FindingPlace;
}

const fromEnvironment = 'take it from the environment, and change it if the file has been shared';

/** All secrets that the files hold in plain text, memoized with `Subject.once`. */
export function plainSecrets(subject: Subject): readonly PlainSecret[] {
  const found: PlainSecret[] = [];
  const { secrets } = subject.configuration;
  for (const variable of subject.once(writtenVariables)) {
    const { name, value } = variable;
    const isNamed = isSecretName(name, secrets) && isSecretValue(name, value, secrets);
    const token = isNamed ? undefined : writtenSecrets(value)[0];
    if (!isNamed && token === undefined) continue;
    const where = placeOfVariable(variable, subject);
    found.push({
      ...where,
      what: isNamed
        ? `the value of "${name}" looks like a secret, and is written in plain text`
        : `the value of "${name}" holds ${token!.kind} in plain text`,
      hidden: { origin: where.place.origin, ...(token !== undefined && { within: token }) },
      hint: fromEnvironment,
    });
  }
  found.push(...secretSettings(subject));
  for (const job of subject.jobs) found.push(...secretsInCommand(job));
  return found;
}

function isSecretValue(name: string, value: string, declared: readonly string[]): boolean {
  if (declared.includes(name)) return isLiteral(value);
  if (
    !isLiteral(value) ||
    /_(?:FILE|PATH|DIR|FOLDER|NAME|ID|URL|URI|HOST|USER|TTL|LENGTH|TYPE|COUNT)$/i.test(name)
  )
    return false;
  if (/^(?:true|false|yes|no|none|null|on|off)$/i.test(value)) return false;
  // A path tells where a secret is kept, and is none.
  if (/^(?:~?\/|\.{1,2}\/)/.test(value)) return false;
  const isTokenOrKey = /(?:^|[_-])(?:token|key)(?:[_-]|$)/i.test(name);
  if (!isTokenOrKey || /passw(?:or)?d|secret|credential/i.test(name)) return true;
  // Sort keys, table keys and token limits are no secrets: a token or key is long and looks like noise.
  return value.length >= 16 && /\d/.test(value) && /[A-Za-z]/.test(value) && !/\s/.test(value);
}

/** Not a reference to something else, nor a placeholder. */
function isLiteral(value: string): boolean {
  return (
    value !== '' &&
    !/\$\{?\w/.test(value) &&
    !value.includes('$(') &&
    !/^<.*>$|^[*xX.]+$|^\{\{.*\}\}$/.test(value)
  );
}

/** Secrets in settings of the files: the mail password, headers of webhooks, keys that are switched off with `_`. */
function secretSettings({ documents }: Subject): PlainSecret[] {
  return [...documents].flatMap(([file, { value }]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    const settings = Object.entries(value).filter(
      ([key, text]) =>
        /^_?smtp_password$|^_.*(?:password|passwd|secret|token)/.test(key) &&
        typeof text === 'string' &&
        isLiteral(text),
    );
    const paths: DocumentPath[] = settings.map(([key]) => [key]);
    return [...paths, ...secretHeaders(value as Record<string, unknown>)].map((path) => ({
      what: `"${path.at(-1)}" holds a secret in plain text`,
      place: { origin: { file, path }, part: 'key' as const },
      hidden: { origin: { file, path } },
      hint: String(path.at(-1)).startsWith('_')
        ? 'the key is switched off, and its value can still be read: remove it, and change the password'
        : fromEnvironment,
    }));
  });
}

function secretHeaders({ notifications }: Record<string, unknown>): DocumentPath[] {
  if (!Array.isArray(notifications)) return [];
  return notifications.flatMap((entry: unknown, index) => {
    const headers = (entry as { headers?: unknown } | null)?.headers;
    if (typeof headers !== 'object' || headers === null) return [];
    return Object.entries(headers)
      .filter(
        ([name, text]) =>
          (name.toLowerCase() === 'authorization' || isSecretName(name)) &&
          typeof text === 'string' &&
          isLiteral(text),
      )
      .map(([name]) => ['notifications', index, 'headers', name]);
  });
}

const secretOption = /^--?(?:[\w-]*-)?(?:password|passwd|secret|token|api-?key)(?:=(.+))?$/is;

/** A command that takes a secret as `secretArguments` knows them names the option or the program. */
const mayTakeSecret =
  /passw|secret|token|api-?key|mysql|mariadb|sshpass|curl|sqlplus|sqlldr|expdp|impdp|rman/i;

/** Passwords among the arguments of programs: everybody on the machine sees them in the list of processes, too. */
const none: readonly never[] = [];

function secretsInCommand(job: JobSubject): readonly PlainSecret[] {
  const { facts } = job;
  if (facts === undefined) return none;
  const parts: { readonly kind: string; readonly part: Part }[] = [];
  const { command } = job.job;
  const [token] = writtenSecrets(command);
  if (token !== undefined) parts.push({ kind: token.kind, part: token });
  for (const { name, value } of facts.assignments) {
    const text = literalOf(value);
    if (text === undefined || !isSecretName(name, []) || !isSecretValue(name, text, [])) continue;
    parts.push({ kind: `the value of "${name}"`, part: value });
  }
  const invocations = mayTakeSecret.test(command) ? facts.invocations : none;
  for (const { name, args } of invocations) {
    const program = (literalOf(name) ?? '').replace(/^.*\//, '');
    for (const part of secretArguments(program, args))
      parts.push({ kind: `a password for ${program}`, part });
  }
  if (parts.length === 0) return none;
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
