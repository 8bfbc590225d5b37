/** Uniform numbers in [0, 1), always the same for a seed: xorshift32 (Marsaglia 2003). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0 || 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Brings the values into a random order, in place (Fisher and Yates 1938; Durstenfeld 1964). */
export function shuffle(values: Float64Array, random: () => number): void {
  for (let index = values.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    const value = values[index]!;
    values[index] = values[other]!;
    values[other] = value;
  }
}
