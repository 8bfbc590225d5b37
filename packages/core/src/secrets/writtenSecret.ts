import { isSecretName } from './secretName.ts';

/** A secret that stands in a text, whatever the name of what holds it. */
export interface WrittenSecret {
  /** With its article: `a GitHub token`. */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

const known: readonly (readonly [string, RegExp])[] = [
  ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,})/g],
  ['a GitLab token', /\bglpat-[\w-]{20,}/g],
  ['a Slack token', /\bxox[abeprs]-[\w-]{10,}/g],
  ['a Slack webhook', /https:\/\/hooks\.slack\.com\/services\/[\w/]{20,}/g],
  ['a Google API key', /\bAIza[\w-]{35}/g],
  ['a Stripe key', /\b[rs]k_live_[A-Za-z0-9]{20,}/g],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}/g],
  ['a private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/g],
  ['a password in a URL', /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@'"$]+:)[^\s/@'"$*<>]+(?=@)/gi],
];

/** What every known secret has in it: most texts hold none of these, and need no closer look. */
const hint =
  /A[KS]IA|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|hooks\.slack|AIza|[rs]k_live_|npm_|PRIVATE KEY|:\/\//;

const none: readonly never[] = [];

/** The access tokens, private keys and passwords in URLs that stand in a text, by their known forms; kind by kind. */
export function writtenSecrets(text: string): readonly WrittenSecret[] {
  if (!hint.test(text)) return none;
  return known.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].map((match) => ({
      kind,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
}

const masked = '****';
const assignment =
  /([A-Za-z_][\w-]*)(\\?["']?[ \t]*[:=][ \t]*)(\\?"(?:\\.|[^"\\])*\\?"|'[^']*'|\$\{\w+\}|\$\([^)]*\)|[^\s"',;&|{}]+)/g;
const option =
  /(\s--?(?:[\w-]*-)?(?:password|passwd|secret|token|api-?key|credentials?)(?:=|\s+))("(?:\\.|[^"\\])*"|'[^']*'|\$\([^)]*\)|[^\s;&|]+)/gi;
const login = /(\s(?:-u|--user)[ =]?["']?[^\s:"'$]+:)([^\s"'@]+)/g;
const bearer = /\b((?:Bearer|Basic)\s+)[\w.~+/=-]{6,}/g;
/** From its first line on all of a private key is secret. */
const privateKey =
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]*?(?:-----END (?:[A-Z]+ )?PRIVATE KEY-----|$)/g;

/**
 * A text to be shown, with what looks like a secret in it replaced: values assigned to secret names (`isSecretName`),
 * known tokens, private keys, passwords in URLs, after options such as `--password`, and of logins. A value that only
 * refers to a variable is left. Linear in the text.
 */
export function maskWrittenSecrets(text: string, declared: readonly string[] = []): string {
  const assigned = text
    .replace(privateKey, masked)
    .replace(bearer, `$1${masked}`)
    .replace(assignment, (whole, name: string, between: string, value: string) =>
      isSecretName(name, declared) && !refersOnly(value) ? `${name}${between}${masked}` : whole,
    )
    .replace(option, (whole, head: string, value: string) => (refersOnly(value) ? whole : `${head}${masked}`))
    .replace(login, (whole, head: string, value: string) => (refersOnly(value) ? whole : `${head}${masked}`));
  return [...writtenSecrets(assigned)]
    .sort((a, b) => b.start - a.start)
    .reduce((shown, { start, end }) => `${shown.slice(0, start)}${masked}${shown.slice(end)}`, assigned);
}

function refersOnly(value: string): boolean {
  return /^\\?["']?(?:\$\{?\w+\}?|\$\(.*\)?)\\?["']?$/.test(value);
}
