import type { DocumentPath } from '../../document/index.ts';

/** A change of one value; `undefined` takes it away (an entry of a list becomes a hole, so that indices stay). */
export interface Repair {
  readonly path: DocumentPath;
  readonly value: unknown;
}

type Container = Record<string | number, unknown>;

/** The document with all repairs made. What is not on the way to a repair is shared with the original. */
export function applyRepairs(document: unknown, repairs: readonly Repair[]): unknown {
  const copied = new Set<unknown>();
  const copyOnce = (container: unknown): Container => {
    if (copied.has(container)) return container as Container;
    const copy = Array.isArray(container) ? [...container] : { ...(container as Container) };
    copied.add(copy);
    return copy as Container;
  };
  const root = copyOnce(document);
  for (const { path, value } of repairs) {
    let container: Container | undefined = root;
    for (const step of path.slice(0, -1)) {
      const child: unknown = Object.hasOwn(container, step) ? container[step] : undefined;
      // An earlier repair may have taken away what this one is about.
      if (typeof child !== 'object' || child === null) {
        container = undefined;
        break;
      }
      const copy = copyOnce(child);
      set(container, step, copy);
      container = copy;
    }
    if (container !== undefined) set(container, path.at(-1)!, value);
  }
  return root;
}

/** Also for the key `__proto__`, which plain assignment would take for something else. */
function set(container: Container, key: string | number, value: unknown): void {
  if (value === undefined && !Array.isArray(container)) delete container[key];
  else Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}
