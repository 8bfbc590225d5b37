import type { EnvLayer, Origin } from '@executioner/core';
import type { JobSubject, Subject } from '../subject.ts';

/** Where a variable of a layer is written. `job` is one of the jobs that have the layer. */
export function originOfVariable(
  { scope, name: layerName }: Pick<EnvLayer, 'name'> & { readonly scope: string },
  variable: string,
  job: JobSubject,
  subject: Subject,
): Origin {
  if (scope === 'job') return subject.whereIs(job.job, 'env_variables', variable);
  const path = scope === 'env_set' ? ['env_sets', layerName ?? '', variable] : ['env_variables', variable];
  return { file: fileWith(path, job, subject), path };
}

/** The file in which shared variables are written: that of the job, else the first that has them. */
function fileWith(
  path: readonly string[],
  { job }: JobSubject,
  { documents, configuration }: Subject,
): string {
  const files = [job.origin.file, configuration.file, ...documents.keys()];
  return files.find((file) => isWritten(path, documents.get(file)?.value)) ?? configuration.file;
}

function isWritten(path: readonly string[], root: unknown): boolean {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string, unknown>)[key];
  }
  return true;
}
