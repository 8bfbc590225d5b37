import type { EnvLayer } from '@executioner/core';
import type { FindingPlace } from '../findingPlace.ts';
import type { JobSubject, Subject } from '../subject.ts';
import { originOfVariable } from './layerOrigin.ts';

/** Variables that stand together in the files, and one of the jobs that have them. */
export interface LayerUse {
  readonly layer: EnvLayer;
  readonly job: JobSubject;
}

/** All layers of variables that the configuration sets, each once, memoized with `Subject.once`. */
export function writtenLayers({ jobs }: Subject): readonly LayerUse[] {
  const seen = new Set<EnvLayer>();
  const found: LayerUse[] = [];
  for (const job of jobs) {
    for (const layer of job.job.env) {
      // A layer of a job alone is met once.
      if (layer.scope !== 'job') {
        if (seen.has(layer)) continue;
        seen.add(layer);
      }
      found.push({ layer, job });
    }
  }
  return found;
}

/** Where a variable is written, and its job when it is the variable of one job. */
export function placeOfVariable(name: string, { layer, job }: LayerUse, subject: Subject) {
  const place: FindingPlace = { origin: originOfVariable(layer, name, job, subject), part: 'key' };
  return { place, ...(layer.scope === 'job' && { job: job.job.id }) };
}
