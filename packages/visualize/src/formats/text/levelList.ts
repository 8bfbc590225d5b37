import { Dag, escapeControls, levels, type Palette } from '@executioner/core';
import { countOf } from '@executioner/report';
import type { Picture } from '../../picture/picture.ts';
import { cellWidth } from './grid.ts';
import { jobLabel } from './words.ts';

const namedMax = 4;

/**
 * All jobs, level by level, each with what it waits for: for graphs too large to be drawn in characters. Levels of one job
 * that follow each other stand together. Cost: O(n + m).
 */
export function levelList(
  picture: Picture,
  { colors, columns }: { readonly colors: Palette; readonly columns: number },
): string {
  const { jobs, dependencies } = picture;
  const waitsFor = jobs.map((): number[] => []);
  for (const { from, to } of dependencies) waitsFor[to]!.push(from);
  const dag = Dag.from(
    jobs.map(({ id }, job) => ({ id, dependencies: waitsFor[job]!.map((from) => jobs[from]!.id) })),
  );
  const { levelOf, sizes } = levels(dag);
  const jobsOf = Array.from(sizes, (): number[] => []);
  for (const [job, level] of levelOf.entries()) jobsOf[level]!.push(job);
  const lines: string[] = [];
  for (let level = 0, next = 0; level < sizes.length; level = next) {
    next = sectionEnd(sizes, level);
    if (level > 0) lines.push('');
    lines.push(colors.bold(sectionTitle(level, next, sizes[level]!)));
    for (const job of jobsOf.slice(level, next).flat()) {
      const label = jobLabel(jobs[job]!, colors);
      const after = afterText(waitsFor[job]!.map((from) => escapeControls(jobs[from]!.id)));
      const room = columns - cellWidth(label.plain) - 6;
      const shown =
        cellWidth(after) <= room ? after : `${[...after].slice(0, Math.max(0, room - 1)).join('')}…`;
      lines.push(`  ${label.painted}${after === '' || room < 12 ? '' : `  ${colors.dim(shown)}`}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The level after a section: the next one, or, of levels with one job, the first that has more. */
function sectionEnd(sizes: ArrayLike<number>, level: number): number {
  let next = level + 1;
  if (sizes[level] === 1) while (next < sizes.length && sizes[next] === 1) next++;
  return next;
}

function sectionTitle(level: number, next: number, size: number): string {
  if (next > level + 1) return `levels ${level + 1} to ${next}: 1 job each`;
  return size === 1 ? `level ${level + 1}` : `level ${level + 1}: ${countOf(size, 'job')} in parallel`;
}

function afterText(ids: readonly string[]): string {
  if (ids.length === 0) return '';
  const named = ids.slice(0, namedMax).join(', ');
  return ids.length > namedMax ? `after ${named} and ${ids.length - namedMax} more` : `after ${named}`;
}
