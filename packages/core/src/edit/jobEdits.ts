import type { DocumentPath, ParsedDocument } from '../document/index.ts';
import { childOf } from './dataEdit.ts';
import { removeValue } from './removeValue.ts';
import { insertItem, setValue } from './setValue.ts';
import type { EditResult } from './textEdit.ts';

/** Adds a job before number `index` of the jobs; at their end when `index` is absent. */
export function addJob(
  document: ParsedDocument,
  job: Readonly<Record<string, unknown>>,
  index?: number,
): EditResult {
  const jobs = childOf(document.value, 'jobs');
  if (jobs === undefined || jobs === null) return setValue(document, ['jobs'], [job]);
  if (!Array.isArray(jobs)) return { ok: false, reason: '"jobs" is not a list' };
  const at = index ?? jobs.length;
  if (at < 0 || at > jobs.length || !Number.isInteger(at)) {
    return { ok: false, reason: `there are ${jobs.length} jobs, so none can be added at ${at}` };
  }
  return insertItem(document, ['jobs'], at, job);
}

/** Removes the job with this id. What depends on it, or includes it, is left as it is. */
export function removeJob(document: ParsedDocument, id: string): EditResult {
  const index = indexOfJob(document, id);
  return index === -1 ? { ok: false, reason: noJob(id) } : removeValue(document, ['jobs', index]);
}

/** The path of a job's definition; undefined when no job of this file has the id. */
export function pathOfJob(document: ParsedDocument, id: string): DocumentPath | undefined {
  const index = indexOfJob(document, id);
  return index === -1 ? undefined : ['jobs', index];
}

export function indexOfJob(document: ParsedDocument, id: string): number {
  return jobIds(document).indexOf(id);
}

/** The ids of the jobs in this file, in order; undefined where a job has none. */
export function jobIds(document: ParsedDocument): (string | undefined)[] {
  const jobs = childOf(document.value, 'jobs');
  if (!Array.isArray(jobs)) return [];
  return jobs.map((job: unknown) => {
    const id = childOf(job, 'id') ?? childOf(job, 'job_id');
    return typeof id === 'string' ? id : undefined;
  });
}

export function noJob(id: string): string {
  return `no job of this file has the id ${JSON.stringify(id)}`;
}
