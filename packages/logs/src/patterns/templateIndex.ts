import { type Cluster, formOf, shortenLists, type Token, wildText } from './grouping/index.ts';

/** Finds the template of a masked line among many. */
export interface TemplateIndex {
  /** The place of the template (in the array the index was made of) that matches, or -1: of several the most specific. */
  match(tokens: readonly Token[]): number;
}

/** Templates of one form with masked values in the same places, by their other values. */
interface Places {
  readonly masked: readonly boolean[];
  readonly byValues: Map<string, number>;
}

/** An index over templates: a look-up costs by the ways in which templates of one form are masked, not by their number. */
export function indexTemplates(templates: readonly Pick<Cluster, 'tokens' | 'hasLists'>[]): TemplateIndex {
  const plain = new Map<string, Map<string, Places>>();
  const lists = new Map<string, Map<string, Places>>();
  templates.forEach(({ tokens, hasLists }, place) => {
    const masked = tokens.map(({ text }) => text === wildText);
    const places = placesOf(hasLists ? lists : plain, formOf(tokens), masked);
    const key = valuesOf(tokens, masked);
    if (!places.byValues.has(key)) places.byValues.set(key, place);
  });
  const [plainPlaces, listPlaces] = [plain, lists].map(mostSpecificFirst) as [ByForm, ByForm];
  return {
    match(tokens) {
      const found = firstMatch(plainPlaces.get(formOf(tokens)), tokens);
      if (found >= 0 || lists.size === 0) return found;
      const short = shortenLists(tokens);
      return firstMatch(listPlaces.get(formOf(short)), short);
    },
  };
}

type ByForm = ReadonlyMap<string, readonly Places[]>;

function placesOf(
  byForm: Map<string, Map<string, Places>>,
  form: string,
  masked: readonly boolean[],
): Places {
  const ofForm = byForm.get(form) ?? new Map<string, Places>();
  byForm.set(form, ofForm);
  const key = masked.map(Number).join('');
  const places = ofForm.get(key) ?? { masked, byValues: new Map() };
  ofForm.set(key, places);
  return places;
}

function mostSpecificFirst(byForm: ReadonlyMap<string, ReadonlyMap<string, Places>>): ByForm {
  const count = ({ masked }: Places): number => masked.filter(Boolean).length;
  return new Map(
    [...byForm].map(([form, places]) => [form, [...places.values()].sort((a, b) => count(a) - count(b))]),
  );
}

function firstMatch(candidates: readonly Places[] | undefined, tokens: readonly Token[]): number {
  for (const { masked, byValues } of candidates ?? []) {
    const place = byValues.get(valuesOf(tokens, masked));
    if (place !== undefined) return place;
  }
  return -1;
}

/** The values that are not masked. Marks are in the form. */
function valuesOf(tokens: readonly Token[], masked: readonly boolean[]): string {
  let key = '';
  for (let i = 0; i < tokens.length; i++)
    if (tokens[i]!.isValue && !masked[i]!) key += `${tokens[i]!.text}\x01`;
  return key;
}
