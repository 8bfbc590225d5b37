const secretWords = new Set(['password', 'passwd', 'secret', 'token', 'credential', 'key']);

/** Variables that programs read a password from, whose names have no such word of their own. */
const wellKnown = /^(?:MYSQL_PWD|ORACLE_PWD|SSHPASS|REDISCLI_AUTH)$|PASSW(?:OR)?D$/i;

/**
 * Whether a variable or key of this name holds something to hide: a word of it, between underscores or hyphens, is
 * password, passwd, secret, token, credential or key, in any letter case; it ends in password or passwd, as PGPASSWORD
 * does, or programs are known to read a password from it; or it is one of `declared`. `DB_PASSWORD` and `api-key` are
 * secret, `MONKEY` is not.
 */
export function isSecretName(name: string, declared: readonly string[] = []): boolean {
  const hasSecretWord = () => name.split(/[_-]/).some((word) => secretWords.has(word.toLowerCase()));
  return declared.includes(name) || wellKnown.test(name) || hasSecretWord();
}
