import { Flag, hasFlag, type State } from './state.ts';

// The agenda holds the jobs about which something must be decided at once. Every event about a job takes it
// off; taking off only clears the flag, and the list drops such entries when they come first.

/** Puts a job on the agenda, once. */
export function list(state: State, job: number): void {
  if (hasFlag(state, job, Flag.listed)) return;
  state.flags[job]! |= Flag.listed;
  state.agenda.jobs.push(job);
}

/** Takes a job off the agenda, if it is there. */
export function unlist(state: State, job: number): void {
  if (!hasFlag(state, job, Flag.listed)) return;
  state.flags[job]! &= ~Flag.listed;
  const { agenda } = state;
  while (agenda.next < agenda.jobs.length && !hasFlag(state, agenda.jobs[agenda.next]!, Flag.listed))
    agenda.next++;
  if (agenda.next === agenda.jobs.length) {
    agenda.jobs = [];
    agenda.next = 0;
  }
}

/** The job to decide about next; -1: none. */
export function firstListed({ agenda }: Readonly<State>): number {
  return agenda.jobs[agenda.next] ?? -1;
}
