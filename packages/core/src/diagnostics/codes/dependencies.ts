import type { CodeInfo } from '../codeInfo.ts';

/** Findings about dependencies and resources. */
export const dependencyCodes = {
  E301: {
    title: 'Missing dependency',
    severity: 'error',
    explanation:
      'A job waits for a job that does not exist, so it could never start, and nothing is started at all. Correct the id, add the job, or remove the dependency.',
  },
  E302: {
    title: 'Job that waits for itself',
    severity: 'error',
    explanation: 'A job names itself among its dependencies, so it could never start. Remove the dependency.',
  },
  E303: {
    title: 'Duplicate job id',
    severity: 'error',
    explanation:
      'Two jobs have the same id, so that dependencies, logs and history could not tell them apart. Rename one of them; jobs of included files can be given a "prefix".',
  },
  E304: {
    title: 'Circular dependencies',
    severity: 'error',
    explanation:
      'Jobs wait for each other in a circle, so none of them could ever start. The shortest circle is shown with the place of each of its dependencies; remove one of them.',
  },
  E305: {
    title: 'Impossible resources',
    severity: 'error',
    explanation:
      'A job takes more from a pool than the pool holds, so it could never start. Lower the demand, or raise the capacity in "resources" of the configuration.',
  },
  E306: {
    title: 'Unknown resource pool',
    severity: 'error',
    explanation:
      'A job takes from a pool that the configuration does not have. Add it to "resources" of the configuration, with its capacity.',
  },
  W301: {
    title: 'Repeated dependency',
    severity: 'warning',
    explanation: 'A job names the same dependency twice. The first one counts; remove the other.',
  },
} as const satisfies Record<string, CodeInfo>;
