import {
  type Check,
  describeEnvironmentProblem,
  type EnvironmentProblem,
  findReferences,
  type Origin,
} from '@executioner/core';
import type { FindingPlace } from '../findingPlace.ts';
import type { Finding, JobCheck, Rule } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';
import { originOfVariable } from './layerOrigin.ts';

export const environmentCycle: Rule = {
  code: 'E504',
  title: 'Variables that refer to each other in a circle',
  severity: 'error',
  explanation:
    'The values of environment variables refer to each other in a circle, so that none of them has a value; the references stay in the text as they are written. A variable that names itself is no circle: `PATH: /opt/bin:${PATH}` means its value in the next lower scope.',
  remedy: 'Give one of the variables a value that does not lead back to it.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nenv_variables:\n  BASE: ${DATA}/base\n  DATA: ${BASE}/data\njobs:\n  - id: show\n    description: Shows it\n    command: echo "$DATA $BASE"\n',
    mended:
      'version: 2\nenv_variables:\n  BASE: /srv/base\n  DATA: ${BASE}/data\njobs:\n  - id: show\n    description: Shows it\n    command: echo "$DATA $BASE"\n',
  },
  check(subject, report) {
    return checkProblems(subject, 'cycle', (problem, job) => {
      const places = problem.cycle.map((place) => placeOfVariable(place, job, subject));
      report({
        message: describeEnvironmentProblem(problem),
        place: places[0],
        ...jobOf(problem, job),
        hint: 'give one of them a value that does not lead back to it',
        related: problem.cycle.map(({ variable }, index) => ({
          message: `"${variable}" refers to "${problem.cycle[(index + 1) % problem.cycle.length]!.variable}"`,
          place: places[index],
        })),
      });
    });
  },
};

export const undefinedReference: Rule = {
  code: 'W505',
  title: 'Reference to a variable without a value',
  severity: 'warning',
  explanation:
    'A value, path or check parameter refers with `${NAME}` to a variable that no scope of the configuration sets and that jobs do not inherit here: the reference stays in the text as it is written, so that a file named "${NAME}/x" is looked for.',
  remedy: 'Correct the name, set the variable in "env_variables", or give it with --env (to validate, too).',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nenv_variables:\n  INPUT: ${DATA_DIR}/in.csv\njobs:\n  - id: show\n    description: Shows it\n    command: cat "$INPUT"\n',
    mended:
      'version: 2\nenv_variables:\n  DATA_DIR: /srv/data\n  INPUT: ${DATA_DIR}/in.csv\njobs:\n  - id: show\n    description: Shows it\n    command: cat "$INPUT"\n',
  },
  check(subject, report) {
    const environments = checkProblems(subject, 'undefined', (problem, job) => {
      report({
        message: describeEnvironmentProblem(problem),
        place: placeOfVariable(problem.place, job, subject),
        ...jobOf(problem, job),
        hint: `set "${problem.name}" in "env_variables", or give it with --env`,
      });
    });
    return {
      job(job) {
        environments.job(job);
        const { workingDir, preChecks, postChecks } = job.job;
        const isPlain = preChecks.length === 0 && postChecks.length === 0 && !workingDir.includes('${');
        if (!isPlain) reportInPathsAndChecks(job, subject, report);
      },
    };
  },
};

export const shellFormInValue: Rule = {
  code: 'W506',
  title: 'Shell expansion in a value',
  severity: 'warning',
  explanation:
    'A value uses a form such as `${NAME:-default}`, which only a shell expands. Values of the configuration know `${NAME}` alone, so the text stays as it is.',
  remedy: 'Set the default as a variable of its own, or use the form in the command.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nenv_variables:\n  TARGET: ${HOME:-/tmp}/out\njobs:\n  - id: show\n    description: Shows it\n    command: echo "$TARGET"\n',
    mended:
      'version: 2\nenv_variables:\n  TARGET: ${HOME}/out\njobs:\n  - id: show\n    description: Shows it\n    command: echo "$TARGET"\n',
  },
  check(subject, report) {
    return checkProblems(subject, 'shell_form', (problem, job) => {
      report({
        message: describeEnvironmentProblem(problem),
        place: placeOfVariable(problem.place, job, subject),
        ...jobOf(problem, job),
        hint: 'write ${NAME} here, and the default as a variable of its own',
      });
    });
  },
};

type ProblemOf<Kind> = Extract<EnvironmentProblem, { readonly kind: Kind }>;

/** Tells the problems of one kind in all environments; one that jobs share for the first of them. */
function checkProblems<Kind extends EnvironmentProblem['kind']>(
  subject: Subject,
  kind: Kind,
  tell: (problem: ProblemOf<Kind>, job: JobSubject) => void,
): Required<Pick<JobCheck, 'job'>> {
  const told = new Set<string>();
  // Jobs that differ in no variable have the same list.
  let last: readonly EnvironmentProblem[] | undefined;
  return {
    job(job) {
      const { environmentProblems } = job;
      if (environmentProblems.length === 0 || environmentProblems === last) return;
      last = environmentProblems;
      for (const problem of environmentProblems) {
        if (problem.kind !== kind) continue;
        const key = keyOf(problem, job, subject);
        if (told.has(key)) continue;
        told.add(key);
        tell(problem as ProblemOf<Kind>, job);
      }
    },
  };
}

function keyOf(problem: EnvironmentProblem, job: JobSubject, subject: Subject): string {
  const place = problem.kind === 'cycle' ? problem.cycle[0]! : problem.place;
  return JSON.stringify([problem.kind, place.start, place.end, placeOfVariable(place, job, subject)?.origin]);
}

type VariablePlace = Extract<EnvironmentProblem, { kind: 'undefined' }>['place'];

function placeOfVariable(
  { scope, scopeName, variable, start, end }: VariablePlace,
  job: JobSubject,
  subject: Subject,
): FindingPlace | undefined {
  if (scope === 'command_line') return undefined;
  return {
    origin: originOfVariable(
      { scope, ...(scopeName !== undefined && { name: scopeName }) },
      variable,
      job,
      subject,
    ),
    within: { start, end },
  };
}

/** What lies in a scope that jobs share is no matter of one job. */
function jobOf(problem: EnvironmentProblem, { job }: JobSubject): { readonly job?: string } {
  const place = problem.kind === 'cycle' ? problem.cycle[0]! : problem.place;
  return place.scope === 'job' ? { job: job.id } : {};
}

function reportInPathsAndChecks(job: JobSubject, subject: Subject, report: (finding: Finding) => void): void {
  const { id, workingDir, preChecks, postChecks } = job.job;
  const isUndefined = (name: string) => job.variable(name) === undefined;
  const look = (text: string, what: string, place: () => Origin): void => {
    for (const { name, start, end } of findReferences(text)) {
      if (!isUndefined(name)) continue;
      report({
        message: `${what} of job "${id}" refers to "${name}", which is not defined`,
        place: { origin: place(), within: { start, end } },
        job: id,
        hint: `set "${name}" in "env_variables", or give it with --env`,
      });
    }
  };
  const lookInChecks = (key: 'pre_checks' | 'post_checks', checks: readonly Check[]): void => {
    checks.forEach(({ name, params }, index) => {
      for (const parameter in params) {
        const value = params[parameter];
        if (typeof value !== 'string' || !value.includes('${')) continue;
        look(value, `parameter "${parameter}" of the check "${name}"`, () =>
          subject.whereIs(job.job, key, index, 'params', parameter),
        );
      }
    });
  };
  if (workingDir.includes('${')) look(workingDir, '"working_dir"', () => job.place('working_dir').origin);
  if (preChecks.length > 0) lookInChecks('pre_checks', preChecks);
  if (postChecks.length > 0) lookInChecks('post_checks', postChecks);
}
