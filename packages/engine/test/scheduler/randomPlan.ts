import * as fc from 'fast-check';
import { makePlan, type Plan, type PlanOptions } from '../../src/scheduler/index.ts';
import { check, type JobSketch, retries, workflow } from './workflow.ts';

/** How large the random plans are and what they leave out. */
export interface Bounds {
  readonly jobsMax?: number;
  readonly options?: PlanOptions;
  /** Without time limits, jobs end as they will. */
  readonly timeless?: boolean;
}

/** Random plans: any acyclic graph, conditions, priorities, pools, locks, checks, retries, limits. */
export function randomPlan({ jobsMax = 9, options, timeless = false }: Bounds = {}): fc.Arbitrary<Plan> {
  return fc
    .record({
      jobs: fc.array(randomJob(timeless), { minLength: 1, maxLength: jobsMax }),
      workers: fc.integer({ min: 1, max: 4 }),
      onFailure: fc.constantFrom('stop' as const, 'continue' as const),
      onUnknown: fc.constantFrom('rerun' as const, 'fail' as const, 'ask' as const),
      skip: fc.subarray(['j0', 'j3', 'j5']),
      approvals: fc.subarray(['j1', 'j4']),
    })
    .map(({ jobs, workers, skip, approvals, onFailure, onUnknown }) =>
      makePlan(workflow(linked(jobs), { resources: { cpu: 3, db: 2 } }), {
        parallel: true,
        workers,
        onFailure,
        onUnknown,
        skip: skip.filter((_, index) => index === 0 && jobs.length > 3),
        approvals: new Map(approvals.slice(0, 1).map((id) => [id, 30_000])),
        ...options,
      }),
    );
}

interface RandomJob extends Omit<JobSketch, 'id' | 'needs'> {
  readonly edges: readonly { readonly back: number; readonly when: 'success' | 'failure' | 'always' }[];
}

function randomJob(timeless: boolean): fc.Arbitrary<RandomJob> {
  const checks = fc.subarray(['x', 'y']).map((names) => names.map(check));
  return fc.record({
    edges: fc.array(
      fc.record({
        back: fc.integer({ min: 1, max: 5 }),
        when: fc.constantFrom('success' as const, 'success' as const, 'failure' as const, 'always' as const),
      }),
      { maxLength: 3 },
    ),
    priority: fc.integer({ min: 0, max: 2 }),
    allowFailure: fc.boolean(),
    enabled: fc.integer({ min: 0, max: 9 }).map((luck) => luck > 0),
    resources: fc.constantFrom<Record<string, number>>(
      {},
      {},
      { cpu: 1 },
      { cpu: 3 },
      { db: 2 },
      { cpu: 2, db: 1 },
    ),
    locks: fc.subarray(['left', 'right']).map((locks) => (locks.length === 2 ? locks : [])),
    preChecks: timeless ? fc.constant([]) : checks,
    postChecks: timeless ? fc.constant([]) : checks,
    retry: fc
      .integer({ min: 0, max: 2 })
      .map((count) => retries(count, { maxRetryTimeMs: 1e12, jitter: 0.1 })),
    timeLimit: fc.constant({ kind: 'fixed', limitMs: timeless ? 1e12 : 15_000 } as const),
    estimatedDurationMs: fc.integer({ min: 0, max: 20_000 }),
  });
}

/** Edges lead to jobs further up, duplicates left out. */
function linked(jobs: readonly RandomJob[]): JobSketch[] {
  return jobs.map(({ edges, ...job }, index) => {
    const whenByJob = new Map(
      edges.filter(({ back }) => back <= index).map(({ back, when }) => [`j${index - back}`, when]),
    );
    return { id: `j${index}`, ...job, needs: [...whenByJob].map(([id, when]) => ({ job: id, when })) };
  });
}
