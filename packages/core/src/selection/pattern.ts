import type { MatchField, TextPattern } from './expression.ts';
import { globToRegExp } from './glob.ts';

/**
 * A test of texts against `pattern`, made once for many jobs. Plain text means the whole tag, and a part of a command
 * or description; descriptions are compared without regard to letter case. Throws a SyntaxError for a glob or regular
 * expression that is none.
 */
export function compilePattern(pattern: TextPattern, field: MatchField): (text: string) => boolean {
  const ignoreCase = field === 'description';
  switch (pattern.kind) {
    case 'glob': {
      const expression = globToRegExp(pattern.glob, { ignoreCase });
      return (text) => expression.test(text);
    }
    case 'regex': {
      const expression = new RegExp(pattern.source, pattern.ignoreCase ? 'i' : '');
      return (text) => expression.test(text);
    }
    case 'text':
      return compileText(pattern.text, field);
  }
}

function compileText(wanted: string, field: MatchField): (text: string) => boolean {
  switch (field) {
    case 'id':
    case 'tag':
      return (text) => text === wanted;
    case 'command':
      return (text) => text.includes(wanted);
    case 'description': {
      const lower = wanted.toLowerCase();
      return (text) => text.toLowerCase().includes(lower);
    }
  }
}
