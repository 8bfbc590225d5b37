/** What leaves rows on the left of a gap between layers and reaches the same rows on its right. */
export interface Net {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export interface Channels {
  /** The channel of each net, from 0; -1 for one that goes straight through. */
  readonly channelOf: readonly number[];
  readonly count: number;
}

/**
 * Channels for the vertical lines of nets, such that none lie on each other (left-edge algorithm of Hashimoto and Stevens
 * 1971), and a net that leaves a row turns off before another comes into that row; where rows are exchanged in a circle
 * one has to give way. Cost: O(k² log k) for k nets.
 */
export function assignChannels(nets: readonly Net[]): Channels {
  const spans = nets.map(({ from, to }) => ({
    low: Math.min(...from, ...to),
    high: Math.max(...from, ...to),
  }));
  const channelOf = nets.map(() => -1);
  const taken: { low: number; high: number }[][] = [];
  for (const net of inOrder(nets)) {
    const { low, high } = spans[net]!;
    if (low === high) continue;
    let channel = 0;
    for (const [other, { from }] of nets.entries()) {
      if (other !== net && nets[net]!.to.some((row) => from.includes(row)))
        channel = Math.max(channel, channelOf[other]! + 1);
    }
    while (taken[channel]?.some((each) => each.low <= high && low <= each.high) === true) channel++;
    taken[channel] ??= [];
    taken[channel]!.push({ low, high });
    channelOf[net] = channel;
  }
  return { channelOf, count: taken.length };
}

/** Nets after those that leave a row which they come into; in a circle, as they come. */
function inOrder(nets: readonly Net[]): number[] {
  const sequence: number[] = [];
  const state = nets.map(() => 0);
  const byRow = new Map(nets.flatMap(({ from }, net) => from.map((row) => [row, net] as const)));
  const visit = (net: number): void => {
    if (state[net] !== 0) return;
    state[net] = 1;
    for (const row of nets[net]!.to) {
      const other = byRow.get(row);
      if (other !== undefined && other !== net) visit(other);
    }
    sequence.push(net);
  };
  for (const net of nets.keys()) visit(net);
  return sequence;
}
