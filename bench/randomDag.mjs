/**
 * A random acyclic graph of exactly `dependencies` distinct dependencies, each pair of jobs being equally likely, in
 * a file order that has nothing to do with the order of running. The same seed gives the same jobs on every machine.
 *
 * @param {{ jobs: number, dependencies: number, seed: number }} size
 * @returns {{ id: string, dependencies: string[] }[]}
 */
export function randomDag({ jobs: jobCount, dependencies: dependencyCount, seed }) {
  const random = mulberry32(seed);
  const below = (bound) => Math.floor(random() * bound);
  const jobs = shuffled(jobCount, below).map((number) => ({ id: `job_${number}`, dependencies: [] }));
  const seen = new Set();
  while (seen.size < dependencyCount) {
    const a = below(jobCount);
    const b = below(jobCount);
    const pair = Math.max(a, b) * jobCount + Math.min(a, b);
    if (a === b || seen.has(pair)) continue;
    seen.add(pair);
    jobs[Math.max(a, b)].dependencies.push(jobs[Math.min(a, b)].id);
  }
  return shuffled(jobCount, below).map((place) => jobs[place]);
}

function shuffled(count, below) {
  const numbers = Array.from({ length: count }, (_, number) => number);
  for (let last = count - 1; last > 0; last--) {
    const other = below(last + 1);
    [numbers[last], numbers[other]] = [numbers[other], numbers[last]];
  }
  return numbers;
}

/** Tommy Ettinger's generator of 32-bit state (2017), good enough for test graphs. */
export function mulberry32(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
