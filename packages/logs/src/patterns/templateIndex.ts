import {
  type Cluster,
  emptyLineTokens,
  formHash,
  isSameForm,
  isSpacedFlag,
  isValueFlag,
  type LineTokens,
  type MaskedLine,
  manyMarks,
  mixForm,
  shortenListsInto,
  type Token,
  wildId,
} from './grouping/index.ts';

/** Finds the template of a masked line among many. */
export interface TemplateIndex {
  /** The place of the template (in the array the index was made of) that matches, or -1: of several the most specific. */
  match(line: MaskedLine): number;
}

type Template = Pick<Cluster, 'tokens' | 'hasLists'>;

/** Templates of one form, told apart value by value. */
interface Form {
  readonly tokens: readonly Token[];
  readonly templates: Ranked[];
  root: Node | undefined;
}

interface Ranked {
  readonly tokens: readonly Token[];
  readonly place: number;
  /** Lower is more specific. */
  readonly rank: number;
}

/** One template is left, or the value at `place` decides. */
type Node =
  | { readonly template: Ranked }
  | {
      readonly template: undefined;
      readonly place: number;
      readonly byId: ReadonlyMap<number, Node>;
      readonly masked: Node | undefined;
    };

/**
 * An index over templates: for each form a tree in which each value of a line goes two ways at most, that of its own text and that
 * of a mask.
 */
export function indexTemplates(templates: readonly Template[]): TemplateIndex {
  const ranked = rankTemplates(templates);
  const short = emptyLineTokens();
  const plain = formsOf(ranked.filter(({ place }) => !templates[place]!.hasLists));
  const lists = formsOf(ranked.filter(({ place }) => templates[place]!.hasLists));
  return {
    match(line) {
      const { tokens } = line;
      const found = bestMatch(plain, line, tokens, line.formHash);
      if (found >= 0 || lists.size === 0) return found;
      line.putHashes();
      return shortenListsInto(tokens, short)
        ? bestMatch(lists, line, short, formHashOf(short))
        : bestMatch(lists, line, tokens, line.formHash);
    },
  };
}

/** Fewer masks come first; of as many, the places of masks that occurred first, then the template that did. */
function rankTemplates(templates: readonly Template[]): readonly Ranked[] {
  const placesSeen = new Map<string, number>();
  const keyed = templates.map(({ tokens }, place) => {
    let key = '';
    for (let i = 0; i < tokens.length; i++) if (tokens[i]!.id === wildId) key += String.fromCharCode(i);
    const seen = placesSeen.get(key) ?? placesSeen.size;
    placesSeen.set(key, seen);
    return { tokens, place, masks: key.length, seen };
  });
  return keyed
    .sort((a, b) => a.masks - b.masks || a.seen - b.seen || a.place - b.place)
    .map(({ tokens, place }, rank) => ({ tokens, place, rank }));
}

function formsOf(templates: readonly Ranked[]): ReadonlyMap<number, readonly Form[]> {
  const byHash = new Map<number, Form[]>();
  for (const template of templates) {
    const hash = formHash(template.tokens);
    const forms = byHash.get(hash) ?? [];
    byHash.set(hash, forms);
    const form = forms.find(({ tokens }) => isSameForm(tokens, template.tokens));
    if (form !== undefined) form.templates.push(template);
    else forms.push({ tokens: template.tokens, templates: [template], root: undefined });
  }
  return byHash;
}

/** The tree of templates, which are in the order of their ranks; what they all share is compared at its leaves. */
function makeNode(templates: readonly Ranked[], start: number): Node {
  const [first, ...others] = templates as [Ranked, ...Ranked[]];
  let place = start;
  while (
    place < first.tokens.length &&
    others.every(({ tokens }) => tokens[place]!.id === first.tokens[place]!.id)
  )
    place += 1;
  // Of equal templates the first counts.
  if (others.length === 0 || place === first.tokens.length) return { template: first };
  const byId = new Map<number, Ranked[]>();
  for (const template of templates) {
    const { id } = template.tokens[place]!;
    const group = byId.get(id);
    if (group === undefined) byId.set(id, [template]);
    else group.push(template);
  }
  const nodes = new Map([...byId].map(([id, group]) => [id, makeNode(group, place + 1)]));
  const masked = nodes.get(wildId);
  nodes.delete(wildId);
  return { template: undefined, place, byId: nodes, masked };
}

function formHashOf({ count, flags, marks }: LineTokens): number {
  let hash = count;
  for (let i = 0; i < count; i++)
    hash = mixForm(hash, (flags[i]! & isValueFlag) !== 0, (flags[i]! & isSpacedFlag) !== 0, marks[i]!);
  return hash;
}

/** `tokens` are all those of the line, or without lists. */
function bestMatch(
  forms: ReadonlyMap<number, readonly Form[]>,
  line: MaskedLine,
  tokens: LineTokens,
  hash: number,
): number {
  const alike = forms.get(hash);
  if (alike === undefined) return -1;
  for (const form of alike) {
    if (form.tokens.length !== tokens.count) continue;
    form.root ??= makeNode(form.templates, 0);
    // Most lines that match nothing part from all templates by their words: whether the form is the same is asked last.
    const found = best(form.root, line, tokens, undefined);
    if (found !== undefined && isOfForm(form.tokens, line, tokens)) return found.place;
  }
  return -1;
}

function isOfForm(template: readonly Token[], line: MaskedLine, tokens: LineTokens): boolean {
  const { count, flags, marks } = tokens;
  for (let i = 0; i < count; i++) {
    const { isValue, spaced, mark, id } = template[i]!;
    if (flags[i] !== (isValue ? isValueFlag : 0) + (spaced ? isSpacedFlag : 0)) return false;
    if (isValue) continue;
    if (mark !== marks[i] || (mark === manyMarks && id !== line.idAt(tokens, i))) return false;
  }
  return true;
}

/**
 * The template of the lowest rank below the node, or `found` if that is lower. Words of the line are looked up as they are asked
 * for: most lines that match nothing part from all templates at once.
 */
function best(
  node: Node,
  line: MaskedLine,
  tokens: LineTokens,
  found: Ranked | undefined,
): Ranked | undefined {
  if (node.template !== undefined) {
    const isBetter = found === undefined || node.template.rank < found.rank;
    return isBetter && isMatch(node.template.tokens, line, tokens) ? node.template : found;
  }
  const own = node.byId.size === 0 ? undefined : node.byId.get(line.idAt(tokens, node.place));
  const bySelf = own === undefined ? found : best(own, line, tokens, found);
  return node.masked === undefined ? bySelf : best(node.masked, line, tokens, bySelf);
}

function isMatch(template: readonly Token[], line: MaskedLine, tokens: LineTokens): boolean {
  for (let i = 0; i < tokens.count; i++) {
    const { isValue, id } = template[i]!;
    if (isValue && id !== wildId && id !== line.idAt(tokens, i)) return false;
  }
  return true;
}
