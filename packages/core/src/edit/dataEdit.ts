import type { DocumentPath } from '../document/index.ts';

type Data = Record<string | number, unknown>;

/** A copy of `root` with `value` at `path`; maps that are missing on the way, or null, are made. */
export function withValue(root: unknown, path: DocumentPath, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const child = withValue(childOf(root, step), rest, value);
  if (Array.isArray(root))
    return root
      .map((item: unknown, index) => (index === Number(step) ? child : item))
      .concat(Number(step) === root.length ? [child] : []);
  return { ...(root as Data | null), ...ownEntry(step, child) };
}

/** A copy of `root` without what is at `path`. */
export function withoutValue(root: unknown, path: DocumentPath): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return undefined;
  if (rest.length > 0) return withValue(root, [step], withoutValue(childOf(root, step), rest));
  if (Array.isArray(root)) return root.filter((_, index) => index !== Number(step));
  return Object.fromEntries(Object.entries(root as Data).filter(([key]) => key !== String(step)));
}

/** A copy of the list with one more item. */
export function withItem(list: readonly unknown[], index: number, item: unknown): unknown[] {
  return [...list.slice(0, index), item, ...list.slice(index)];
}

export function childOf(parent: unknown, step: string | number): unknown {
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, step)) return undefined;
  return (parent as Data)[step];
}

/** Whether two values are the same plain data, whatever the order of keys. */
export function isSameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isSameData((a as Data)[key], (b as Data)[key]));
}

function ownEntry(key: string | number, value: unknown): Data {
  return Object.fromEntries([[key, value]]) as Data;
}
