/** Finds any of many texts in a stream. */
export interface PatternMatcher {
  readonly isEmpty: boolean;
  /** A stream of its own, at its beginning. */
  stream(): PatternStream;
}

/** Replaces what is found while the text passes through. */
export interface PatternStream {
  /** The next part of what comes out: what may still become a match is held back, never more than the longest pattern. */
  push(text: string): string;
  /** What was held back; the stream is at its beginning again. */
  flush(): string;
}

/**
 * A matcher for `patterns` (Aho and Corasick, "Efficient string matching", 1975), compared by UTF-16 units. Every
 * occurrence is found, overlapping ones too; what is covered by occurrences that overlap is replaced by one
 * `replacement`. Time: linear in the text, whatever the patterns. Memory: about 24 bytes for each unit of the patterns
 * and half a megabyte, and in each stream as much text as the longest pattern.
 */
export function patternMatcher(patterns: Iterable<string>, replacement: string): PatternMatcher {
  const trie = buildTrie([...new Set(patterns)].filter((pattern) => pattern !== ''));
  return {
    isEmpty: trie.nodes === 1,
    stream: () => new Stream(trie, replacement),
  };
}

/** Node 0 is the root. Children of a node are a linked list; those of the root are found by their unit. */
interface Trie {
  readonly nodes: number;
  readonly firstChild: Int32Array;
  readonly sibling: Int32Array;
  readonly unit: Uint16Array;
  readonly depth: Int32Array;
  /** The node of the longest proper suffix of what the node stands for. */
  readonly failure: Int32Array;
  /** The length of the longest pattern that ends here; 0: none does. */
  readonly longest: Int32Array;
  readonly rootChild: Int32Array;
  readonly seek: Seek;
}

/** The first place from `at` on where a pattern may begin. */
type Seek = (text: string, at: number) => number;

function buildTrie(patterns: readonly string[]): Trie {
  const capacity = patterns.reduce((sum, { length }) => sum + length, 1);
  const trie = {
    nodes: 1,
    firstChild: new Int32Array(capacity),
    sibling: new Int32Array(capacity),
    unit: new Uint16Array(capacity),
    depth: new Int32Array(capacity),
    failure: new Int32Array(capacity),
    longest: new Int32Array(capacity),
    rootChild: new Int32Array(0x10000),
    seek: seekBeginnings(patterns),
  };
  for (const pattern of patterns) {
    let node = 0;
    for (let at = 0; at < pattern.length; at++) {
      const unit = pattern.charCodeAt(at);
      let child = childOf(trie, node, unit);
      if (child === 0) {
        child = trie.nodes++;
        trie.unit[child] = unit;
        trie.depth[child] = at + 1;
        if (node === 0) trie.rootChild[unit] = child;
        trie.sibling[child] = trie.firstChild[node]!;
        trie.firstChild[node] = child;
      }
      node = child;
    }
    trie.longest[node] = pattern.length;
  }
  linkFailures(trie);
  return trie;
}

/** A regular expression of more beginnings than this is slower than looking at each pair of units. */
const mostExpressedBeginnings = 16;
const beginningLength = 4;

function seekBeginnings(patterns: readonly string[]): Seek {
  const beginnings = new Set(patterns.map((pattern) => pattern.slice(0, beginningLength)));
  const shortest = Math.min(...[...beginnings].map(({ length }) => length));
  if (shortest < 2) return (_, at) => at;
  return beginnings.size <= mostExpressedBeginnings ? seekByExpression(beginnings) : seekByPair(beginnings);
}

/** The engine of regular expressions skips over text several times as fast as a loop can. */
function seekByExpression(beginnings: ReadonlySet<string>): Seek {
  const expression = new RegExp(
    [...beginnings].map((beginning) => beginning.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'),
    'g',
  );
  return (text, at) => {
    const last = text.length - beginningLength + 1;
    if (at >= last) return at;
    expression.lastIndex = at;
    // From `last` on a beginning may be cut off by the end of the text: what is found behind it may come too late.
    return Math.min(expression.exec(text)?.index ?? last, last);
  };
}

function seekByPair(beginnings: ReadonlySet<string>): Seek {
  const isBeginning = new Uint8Array(0x10000);
  const hashOf = (first: number, second: number) => ((first << 8) ^ second) & 0xffff;
  for (const text of beginnings) isBeginning[hashOf(text.charCodeAt(0), text.charCodeAt(1))] = 1;
  return (text, from) => {
    const last = text.length - 1;
    let at = from;
    let unit = text.charCodeAt(at);
    while (at < last) {
      const following = text.charCodeAt(at + 1);
      if (isBeginning[((unit << 8) ^ following) & 0xffff] === 1) return at;
      unit = following;
      at++;
    }
    return at;
  };
}

function childOf({ firstChild, sibling, unit: units, rootChild }: Trie, node: number, unit: number): number {
  if (node === 0) return rootChild[unit]!;
  let child = firstChild[node]!;
  while (child !== 0 && units[child] !== unit) child = sibling[child]!;
  return child;
}

/** Breadth first, so that the failure of a node is complete before it is followed. */
function linkFailures(trie: Trie): void {
  const { firstChild, sibling, unit, failure, longest } = trie;
  const queue = new Int32Array(trie.nodes);
  let end = 1;
  for (let head = 0; head < end; head++) {
    const node = queue[head]!;
    for (let child = firstChild[node]!; child !== 0; child = sibling[child]!) {
      queue[end++] = child;
      if (node !== 0) failure[child] = next(trie, failure[node]!, unit[child]!);
      if (longest[child] === 0) longest[child] = longest[failure[child]!]!;
    }
  }
}

/** Where the automaton goes from `node` with `unit`. */
function next(trie: Trie, node: number, unit: number): number {
  for (let from = node; ; from = trie.failure[from]!) {
    const child = childOf(trie, from, unit);
    if (child !== 0 || from === 0) return child;
  }
}

class Stream implements PatternStream {
  readonly #trie: Trie;
  readonly #replacement: string;
  #node = 0;
  /** Text that may still become part of a match. */
  #held = '';
  /** Matches in the held text, start and end in turn, in order and apart from each other. */
  #found: number[] = [];
  /** Whether the replacement of the first of them has been given out. */
  #replaced = false;

  constructor(trie: Trie, replacement: string) {
    this.#trie = trie;
    this.#replacement = replacement;
  }

  push(text: string): string {
    const whole = this.#held === '' ? text : this.#held + text;
    this.#scan(whole, this.#held.length);
    return this.#giveOut(whole, whole.length - this.#trie.depth[this.#node]!);
  }

  flush(): string {
    this.#node = 0;
    const rest = this.#giveOut(this.#held, this.#held.length);
    this.#replaced = false;
    return rest;
  }

  #scan(text: string, from: number): void {
    const trie = this.#trie;
    const { firstChild, sibling, unit, failure, longest, rootChild, seek } = trie;
    const last = text.length - 1;
    let node = this.#node;
    for (let at = from; at <= last; at++) {
      if (node === 0) {
        // Nearly all text is passed over here.
        at = seek(text, at);
        node = rootChild[text.charCodeAt(at)]!;
      } else {
        const wanted = text.charCodeAt(at);
        for (;;) {
          let child = firstChild[node]!;
          while (child !== 0 && unit[child] !== wanted) child = sibling[child]!;
          if (child !== 0) {
            node = child;
            break;
          }
          node = failure[node]!;
          if (node === 0) {
            node = rootChild[wanted]!;
            break;
          }
        }
      }
      if (longest[node] !== 0) this.#add(at + 1 - longest[node]!, at + 1);
    }
    this.#node = node;
  }

  /** Ends come in rising order; starts need not. */
  #add(matchStart: number, end: number): void {
    const found = this.#found;
    let start = matchStart;
    while (found.length > 0 && found.at(-1)! > start) {
      found.pop();
      start = Math.min(start, found.pop()!);
    }
    found.push(start, end);
  }

  /** Gives out `text` before `safe`, where no later match can begin, and holds the rest. */
  #giveOut(text: string, safe: number): string {
    const found = this.#found;
    if (found.length === 0) {
      this.#held = safe === text.length ? '' : text.slice(safe);
      return safe === text.length ? text : text.slice(0, safe);
    }
    let out = '';
    let position = 0;
    let index = 0;
    while (index < found.length && found[index]! < safe) {
      const end = found[index + 1]!;
      if (this.#replaced) this.#replaced = false;
      else out += text.slice(position, found[index]) + this.#replacement;
      position = Math.min(end, safe);
      if (end > safe) {
        found[index] = safe;
        this.#replaced = true;
        break;
      }
      index += 2;
    }
    if (position < safe) out += text.slice(position, safe);
    this.#found = found.slice(index).map((offset) => offset - safe);
    this.#held = text.slice(safe);
    return out;
  }
}
