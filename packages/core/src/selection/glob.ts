const wildcard = /[*?]|\[[^\][]+\]|\{[^{},]*,[^{}]*\}/;

/** Whether a text has wildcards: `*`, `?`, `[…]` or `{…,…}`. */
export function isGlob(text: string): boolean {
  return wildcard.test(text);
}

/**
 * A glob as a regular expression over whole texts. What globs match here are ids, commands and descriptions, not
 * paths: `*` is any characters, slashes, dots and line breaks included, `?` one of them, `[a-z]` and `[!a-z]` one of a
 * set, `{a,b}` either, `\` makes the next character ordinary, and a bracket that is not closed is one too. Throws a
 * SyntaxError for a range in reverse (`[z-a]`).
 */
export function globToRegExp(glob: string, options: { readonly ignoreCase: boolean }): RegExp {
  return new RegExp(`^${translate(glob)}$`, options.ignoreCase ? 'sui' : 'su');
}

const token = /\\(?<escaped>.)|(?<star>\*+)|(?<any>\?)|\[(?<not>[!^]?)(?<set>\]?[^\][]+)\]|(?<other>.)/gsu;

function translate(glob: string): string {
  const tokens = Array.from(glob.matchAll(token));
  const alternatives = bracesWithComma(tokens);
  let depth = 0;
  return tokens
    .map((match) => {
      const { escaped, star, any, not, set, other } = match.groups!;
      if (escaped !== undefined) return literal(escaped);
      if (star !== undefined) return '.*';
      if (any !== undefined) return '.';
      if (set !== undefined) return `[${not === '' ? '' : '^'}${set.replace(/[\\[\]^]/g, '\\$&')}]`;
      if (alternatives.has(match)) {
        depth += other === '{' ? 1 : -1;
        return other === '{' ? '(?:' : ')';
      }
      return other === ',' && depth > 0 ? '|' : literal(other!);
    })
    .join('');
}

/** The braces that have a partner and a comma between them: others, as in `${HOME}`, are ordinary characters. */
function bracesWithComma(tokens: readonly RegExpMatchArray[]): Set<RegExpMatchArray> {
  const found = new Set<RegExpMatchArray>();
  const open: { readonly brace: RegExpMatchArray; hasComma: boolean }[] = [];
  for (const match of tokens) {
    const character = match.groups!.other;
    const innermost = open.at(-1);
    if (character === '{') open.push({ brace: match, hasComma: false });
    else if (character === ',' && innermost !== undefined) innermost.hasComma = true;
    else if (character === '}' && innermost !== undefined) {
      open.pop();
      if (innermost.hasComma) found.add(innermost.brace).add(match);
    }
  }
  return found;
}

function literal(character: string): string {
  return character.replace(/[\^$\\.*+?()[\]{}|/]/, '\\$&');
}
