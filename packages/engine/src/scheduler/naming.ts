import type { Event } from '../journal/event.ts';
import type { Plan } from './plan.ts';

/** The event as the journal and users see it: jobs by id. */
export function withJobIds(event: Event, plan: Plan): Event<string> {
  return mapJobs(event, (job) => plan.ids[job]!);
}

/** The event as the scheduler sees it: jobs by number. Throws an internal error on a job the plan lacks. */
export function withJobNumbers(event: Event<string>, plan: Plan): Event {
  return mapJobs(event, (id) => {
    const job = plan.numberById.get(id);
    if (job === undefined) throw new Error(`Internal error: the plan has no job "${id}"`);
    return job;
  });
}

function mapJobs<From, To>(event: Event<From>, map: (job: From) => To): Event<To> {
  const mapped: Record<string, unknown> = { ...event };
  for (const key of ['job', 'because']) if (mapped[key] !== undefined) mapped[key] = map(mapped[key] as From);
  return mapped as unknown as Event<To>;
}
