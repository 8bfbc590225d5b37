import { countOf, visibleText } from '@executioner/report';
import type { BecauseFrom } from '../runs/index.ts';
import type { SkippedJob, UnexplainedSkip } from './causes.ts';

const namesShown = 6;

/** Above so many jobs only the nearest are named. */
const pathsMax = 8;

/** `kept 3 jobs from running: report → mail, archive`, with what tells so if not the log; a line for each source. */
export function keptFromRunning(skipped: readonly SkippedJob[]): string[] {
  return [...grouped(skipped, ({ from }) => sourceText(from))].map(([source, jobs]) => {
    const probably = jobs[0]!.from?.kind === 'history' ? 'probably ' : '';
    const names = jobs.length > pathsMax ? nearest(jobs) : listed(paths(jobs));
    return `${probably}kept ${countOf(jobs.length, 'job')} from running${source}: ${names}`;
  });
}

function paths(jobs: readonly SkippedJob[]): string[] {
  const ends = jobs.filter(({ id }) => !jobs.some(({ chain }) => chain.slice(0, -1).includes(id)));
  return ends.map(({ chain }) => chain.slice(1).map(visibleText).join(' → '));
}

/** Those that need the failed job itself, and how many come after them. */
function nearest(jobs: readonly SkippedJob[]): string {
  const direct = jobs.filter(({ chain }) => chain.length <= 2);
  const after = jobs.length - direct.length;
  const first = listed(direct.map(({ id }) => visibleText(id)));
  return after === 0 ? first : `${first}, and ${after} after ${direct.length === 1 ? 'it' : 'them'}`;
}

function sourceText(from: BecauseFrom | undefined): string {
  if (from === undefined) return '';
  if (from.kind === 'configuration') return ` (by ${visibleText(from.file)})`;
  return ` (by the order in ${countOf(from.runs, 'other run')})`;
}

/** Of jobs that were skipped because of some failure which ones come into question: `not run because of a or b: x, y`. */
export function unexplainedTexts(unexplained: readonly UnexplainedSkip[], failures: number): string[] {
  const byCandidates = grouped(unexplained, ({ candidates }) => JSON.stringify(candidates));
  return [...byCandidates.values()].map((skips) => {
    const { candidates } = skips[0]!;
    const which =
      candidates.length === failures ? 'one of these failures' : candidates.map(visibleText).join(' or ');
    return `not run because of ${which}: ${listed(skips.map(({ id }) => visibleText(id)))}`;
  });
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function listed(items: readonly string[]): string {
  const rest = items.length - namesShown;
  const shown = items.slice(0, namesShown).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
