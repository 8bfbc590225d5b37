/** Whether the value of a variable with a secret name is one that must not be read by others. */
export function isSecretValue(name: string, value: string, declared: readonly string[]): boolean {
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
export function isLiteral(value: string): boolean {
  return (
    value !== '' &&
    !/\$\{?\w/.test(value) &&
    !value.includes('$(') &&
    !/^<.*>$|^[*xX.]+$|^\{\{.*\}\}$/.test(value)
  );
}
