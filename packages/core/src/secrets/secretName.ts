const secretWords = new Set(['password', 'passwd', 'secret', 'token', 'credential', 'key']);

/**
 * Whether a variable or key of this name holds something to hide: a word of it, between underscores or hyphens, is
 * password, passwd, secret, token, credential or key, in any letter case, or it is one of `declared`.
 * `DB_PASSWORD` and `api-key` are secret, `MONKEY` is not.
 */
export function isSecretName(name: string, declared: readonly string[] = []): boolean {
  return declared.includes(name) || name.split(/[_-]/).some((word) => secretWords.has(word.toLowerCase()));
}
