import { outcomes } from '@executioner/core';
import type { Decision, RemovedJob } from './decision.ts';
import type { PreparedResume } from './resume.ts';

/** Why a resume does with a job what it does: a clause without a full stop. */
export function describeDecision(decision: Decision): string {
  switch (decision.action) {
    case 'keep':
      return whyKept(decision);
    case 'run':
      return whyRun(decision);
    case 'take_over':
      return whyTakenOver(decision);
    case 'skip':
      return decision.why;
  }
}

/** What a resume would do, for a person: each job with the reason, in file order, then what else changed. */
export function explainResume({ run, attempt, decisions, removed, past }: PreparedResume): string {
  const width = Math.min(40, Math.max(0, ...decisions.map(({ job }) => job.length)));
  const count = (action: Decision['action']) => decisions.filter((one) => one.action === action).length;
  return [
    `Run ${run}, attempt ${attempt}: ${count('run')} to run, ${count('take_over')} to take over, ${count('keep')} kept, ${count('skip')} skipped`,
    '',
    ...decisions.map((one) => `  ${verbs[one.action]}  ${one.job.padEnd(width)}  ${describeDecision(one)}`),
    ...(removed.length === 0 ? [] : ['', ...removed.map(removedLine)]),
    ...(past.variables.length === 0
      ? []
      : [
          '',
          `Attempt ${attempt - 1} was given with --env: ${past.variables.join(', ')}; their values are not kept`,
        ]),
    '',
  ].join('\n');
}

const verbs: Readonly<Record<Decision['action'], string>> = {
  keep: 'keep',
  run: 'run ',
  take_over: 'take',
  skip: 'skip',
};

function whyKept({ why, status, reason }: Decision & { readonly action: 'keep' }): string {
  switch (why) {
    case 'succeeded':
      return 'it has succeeded, and nothing it is made of has changed';
    case 'marked':
      return 'it was marked as successful';
    case 'unknown_refused':
      return 'nobody can say how it ended, and it is not to run again: it counts as failed';
    case 'not_failed':
      return reason === 'stopped'
        ? 'it has not failed: it never had its turn'
        : `it has not failed: ${outcomes[status].words}`;
  }
}

function whyRun({ why, status, because }: Decision & { readonly action: 'run' }): string {
  switch (why) {
    case 'not_succeeded':
      return `it ended ${outcomes[status!].words}`;
    case 'never_ran':
      return 'it has not run yet';
    case 'added':
      return 'it is new';
    case 'renamed':
      return `it is new, and looks like "${because}" under another name`;
    case 'command_changed':
      return 'its command has changed';
    case 'definition_changed':
      return 'its definition has changed: its variables, checks, dependencies, folder or shell';
    case 'dependency_runs':
      return `"${because}", which it depends on, runs again`;
    case 'dependency_ran_later':
      return `"${because}", which it depends on, has run again since`;
    case 'never_started':
      return 'it was about to start, and never did';
    case 'ended_badly':
      return 'it ended in failure after its engine was gone';
  }
}

function whyTakenOver({ why, fate }: Decision & { readonly action: 'take_over' }): string {
  if (why === 'running') return `it still runs${fate.kind === 'running' ? `, as process ${fate.pid}` : ''}`;
  if (why === 'ended') return 'it ended with exit code 0 after its engine was gone';
  return 'unknown: it was started, and nobody can say how it ended';
}

function removedLine({ job, pid }: RemovedJob): string {
  const still = pid === undefined ? '' : `; its process ${pid} still runs, and nobody waits for it`;
  return `Not in the configuration any more: ${job}${still}`;
}
