import type { Outcome } from '../journal/index.ts';

/** What a chain of causes is made of: how a job ended, and because of which dependency it was skipped. */
export interface Link {
  readonly status?: Outcome;
  readonly because?: string;
}

/** Why a job was skipped: the chain from its own dependency to the job that began it, with outcomes. */
export interface Causes {
  /** Of a long chain the nearest two and the last. */
  readonly because: readonly { readonly job: string; readonly status: Outcome }[];
  /** How many stand between them and are left out. */
  readonly between: number;
}

const shownNearby = 2;
const longestWhole = 4;

/** Finds the causes of skipped jobs, each in constant time on average, however long the chains are. */
export function causeFinder(links: ReadonlyMap<string, Link>): (link: Link) => Causes {
  const origins = new Map<string, Origin>();
  return ({ because }) => {
    if (because === undefined || links.get(because)?.status === undefined) return { because: [], between: 0 };
    const origin = originOf(because, links, origins);
    const isLong = origin.length > longestWhole;
    const near = walk(because, links, isLong ? shownNearby : longestWhole);
    const last = { job: origin.job, status: links.get(origin.job)!.status! };
    return isLong
      ? { because: [...near, last], between: origin.length - shownNearby - 1 }
      : { because: near, between: 0 };
  };
}

/** The job at the far end of the chain, and how many jobs there are from here to it, both included. */
interface Origin {
  readonly job: string;
  readonly length: number;
}

function originOf(start: string, links: ReadonlyMap<string, Link>, known: Map<string, Origin>): Origin {
  const path: string[] = [];
  let job = start;
  while (!known.has(job)) {
    path.push(job);
    const next = links.get(job)?.because;
    if (next === undefined || links.get(next)?.status === undefined) {
      known.set(job, { job, length: 1 });
      path.pop();
      break;
    }
    job = next;
  }
  let { job: origin, length } = known.get(job)!;
  for (const each of path.reverse()) known.set(each, { job: origin, length: ++length });
  return known.get(start)!;
}

function walk(start: string, links: ReadonlyMap<string, Link>, most: number): Causes['because'] {
  const chain: { job: string; status: Outcome }[] = [];
  for (let job: string | undefined = start; job !== undefined && chain.length < most; ) {
    const link: Link | undefined = links.get(job);
    if (link?.status === undefined) break;
    chain.push({ job, status: link.status });
    job = link.because;
  }
  return chain;
}
