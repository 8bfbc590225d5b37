import { type Cluster, formOf, shortenLists, type Token, wildText } from './grouping/index.ts';

/** Finds the template of a masked line among many. */
export interface TemplateIndex {
  /** The place of the template (in the array the index was made of) that matches, or -1: of several the most specific. */
  match(tokens: readonly Token[]): number;
}

interface Entry {
  readonly tokens: readonly Token[];
  readonly place: number;
  readonly masks: number;
}

/** An index over templates. */
export function indexTemplates(templates: readonly Pick<Cluster, 'tokens' | 'hasLists'>[]): TemplateIndex {
  const plain = new Map<string, Entry[]>();
  const lists = new Map<string, Entry[]>();
  templates.forEach(({ tokens, hasLists }, place) => {
    const byForm = hasLists ? lists : plain;
    const form = formOf(tokens);
    const entry = { tokens, place, masks: tokens.filter(({ text }) => text === wildText).length };
    const group = byForm.get(form);
    if (group === undefined) byForm.set(form, [entry]);
    else group.push(entry);
  });
  for (const group of [...plain.values(), ...lists.values()])
    group.sort((a, b) => a.masks - b.masks || a.place - b.place);
  return {
    match(tokens) {
      const found = firstMatch(plain.get(formOf(tokens)), tokens);
      if (found >= 0 || lists.size === 0) return found;
      const short = shortenLists(tokens);
      return firstMatch(lists.get(formOf(short)), short);
    },
  };
}

function firstMatch(entries: readonly Entry[] | undefined, tokens: readonly Token[]): number {
  return entries?.find((entry) => matchesTokens(entry.tokens, tokens))?.place ?? -1;
}

/** Does a line of the same form have the words of a template in their places? */
function matchesTokens(template: readonly Token[], line: readonly Token[]): boolean {
  for (let i = 0; i < template.length; i++) {
    const { text } = template[i]!;
    if (text !== wildText && text !== line[i]!.text) return false;
  }
  return true;
}
