import type { Finding, Rule } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';
import { placeOfDependency } from './redundantDependency.ts';

export const unreachableJob: Rule = {
  code: 'W308',
  title: 'Job that can never run',
  severity: 'warning',
  explanation:
    'The conditions under which a job runs contradict each other: it needs the failure of a job and, through its other dependencies, the success of the same job; or the failure of a job that cannot fail, since it is disabled or has nothing to run. Such a job is skipped in every run, and so is all that waits for it.',
  remedy: 'Correct "when" of one of the dependencies: `always` means either outcome.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - { id: load, description: Loads, command: "true" }\n  - { id: check, description: Checks, command: "true", dependencies: [load] }\n  - id: alarm\n    description: Tells that loading failed\n    command: echo failed\n    dependencies:\n      - { job: load, when: failure }\n      - check\n',
    mended:
      'version: 2\njobs:\n  - { id: load, description: Loads, command: "true" }\n  - { id: check, description: Checks, command: "true", dependencies: [load] }\n  - id: alarm\n    description: Tells that loading failed\n    command: echo failed\n    dependencies:\n      - { job: load, when: failure }\n',
  },
  check(subject, report) {
    for (const finding of unreachable(subject)) report(finding);
  },
};

/**
 * For each job, what must have become of the jobs whose failure somebody waits for, as two sets of bits: succeeded and
 * failed. A job in both, or that waits for the failure of one that cannot fail, can never run. Cost: O(m · f / 32), f
 * being the number of jobs whose failure is waited for.
 */
function* unreachable(subject: Subject): Generator<Finding> {
  const { dag, jobs } = subject;
  if (dag === undefined) return;
  const columns = new Map<number, number>();
  for (const { job } of jobs) {
    for (const { job: id, when } of job.dependencies) {
      if (when !== 'failure') continue;
      const other = dag.numberById.get(id);
      if (other !== undefined && !columns.has(other)) columns.set(other, columns.size);
    }
  }
  if (columns.size === 0) return;
  const words = Math.ceil(columns.size / 32);
  const succeeded = new Uint32Array(jobs.length * words);
  const failed = new Uint32Array(jobs.length * words);
  const never = new Uint8Array(jobs.length);

  for (const number of dag.order) {
    const job = jobs[number]!;
    for (const { job: id, when } of job.job.dependencies) {
      const other = dag.numberById.get(id);
      if (other === undefined || when === 'always') continue;
      const dependency = jobs[other]!.job;
      if (when === 'success' && !dependency.enabled) continue;
      if (never[other] === 1) never[number] = 2;
      for (let word = 0; word < words; word++) {
        succeeded[number * words + word]! |= succeeded[other * words + word]!;
        failed[number * words + word]! |= failed[other * words + word]!;
      }
      const column = columns.get(other);
      if (column === undefined || (when === 'success' && dependency.allowFailure)) continue;
      const bits = when === 'success' ? succeeded : failed;
      bits[number * words + (column >> 5)]! |= 1 << (column & 31);
    }
    const impossible = job.job.dependencies.find(
      ({ job: id, when }) => when === 'failure' && cannotFail(jobs[dag.numberById.get(id) ?? -1]),
    );
    if (impossible !== undefined) {
      yield describe(job, impossible.job, 'cannot fail', subject);
      never[number] = 1;
      continue;
    }
    if (never[number] !== 0) {
      never[number] = 1;
      continue;
    }
    const column = conflict(succeeded, failed, number, words);
    if (column === undefined) continue;
    never[number] = 1;
    const other = [...columns].find(([, at]) => at === column)![0];
    yield describe(job, dag.ids[other]!, 'conflict', subject);
  }
}

function conflict(
  succeeded: Uint32Array,
  failed: Uint32Array,
  number: number,
  words: number,
): number | undefined {
  for (let word = 0; word < words; word++) {
    const both = succeeded[number * words + word]! & failed[number * words + word]!;
    if (both !== 0) return word * 32 + (31 - Math.clz32(both));
  }
  return undefined;
}

/** Switched off, or without anything to do. */
function cannotFail(subject: JobSubject | undefined): boolean {
  if (subject === undefined) return false;
  const { enabled, command, preChecks, postChecks } = subject.job;
  return !enabled || (command.trim() === '' && preChecks.length === 0 && postChecks.length === 0);
}

function describe(
  job: JobSubject,
  other: string,
  why: 'conflict' | 'cannot fail',
  subject: Subject,
): Finding {
  const { id, dependencies } = job.job;
  const isDirect = dependencies.some((dependency) => dependency.job === other);
  const place = isDirect ? placeOfDependency(job, other, subject) : job.place('dependencies');
  return {
    message:
      why === 'conflict'
        ? `job "${id}" can never run: it needs both the success and the failure of "${other}"`
        : `job "${id}" can never run: it waits for the failure of "${other}", which cannot fail`,
    place,
    job: id,
    hint: '"when": "always" lets it run after either outcome',
  };
}
