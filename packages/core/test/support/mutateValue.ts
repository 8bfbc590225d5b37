import type { Random } from './mutate.ts';

type Container = unknown[] | Record<string, unknown>;

const strangers: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e300,
  '',
  'true',
  '5',
  'x',
  '200%',
  '15m',
  '\u0000',
  '${X}',
  [],
  {},
  [null],
  [[]],
  [{}],
  { x_y: 1 },
  { id: 'a' },
  { job: 'a' },
  { name: 'file_exists' },
];

const strangeKeys = [
  '__proto__',
  'constructor',
  'id',
  'jobs',
  'extends',
  'include',
  'version',
  'x_y',
  '_z',
  '',
  'a b',
  '0',
];

/**
 * A damaged copy of plain data that is still plain data: one to four values are replaced, removed, doubled, moved or
 * given another key. The same random state gives the same result.
 */
export function mutateValue(value: unknown, random: Random): unknown {
  const root: Container = [structuredClone(value)];
  for (let count = 1 + random.below(4); count > 0; count--) mutateOnce(root, random);
  return root[0];
}

function mutateOnce(root: Container, random: Random): void {
  const places = placesIn(root);
  const { container, key } = random.pick(places);
  const other = random.pick(places);
  switch (random.below(6)) {
    case 0:
    case 1:
      put(container, key, structuredClone(random.pick(strangers)));
      break;
    case 2:
      remove(container, key, root);
      break;
    case 3:
      put(container, key, structuredClone(get(other.container, other.key)));
      break;
    case 4:
      if (Array.isArray(container) && container !== root)
        container.push(structuredClone(get(container, key)));
      else if (!Array.isArray(container))
        put(container, random.pick(strangeKeys), structuredClone(get(container, key)));
      break;
    default:
      if (!Array.isArray(container)) {
        const moved = get(container, key);
        remove(container, key, root);
        put(container, random.pick(strangeKeys), moved);
      }
  }
}

interface ValuePlace {
  readonly container: Container;
  readonly key: string | number;
}

function placesIn(container: Container): ValuePlace[] {
  const keys = Array.isArray(container) ? container.keys() : Object.keys(container);
  return [...keys].flatMap((key) => {
    const child = get(container, key);
    const inside = typeof child === 'object' && child !== null ? placesIn(child as Container) : [];
    return [{ container, key }, ...inside];
  });
}

function get(container: Container, key: string | number): unknown {
  return (container as Record<string | number, unknown>)[key];
}

function put(container: Container, key: string | number, value: unknown): void {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

function remove(container: Container, key: string | number, root: Container): void {
  if (container === root) put(root, 0, null);
  else if (Array.isArray(container)) container.splice(Number(key), 1);
  else delete container[key];
}
