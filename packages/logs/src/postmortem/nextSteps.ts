import { shellWord } from '@executioner/engine';
import { visibleText } from '@executioner/report';
import { alikeFailures, type FailureReport } from '../failures/index.ts';
import type { RunRecord } from '../runs/index.ts';
import type { NextStep, PostMortem } from './model.ts';

/** What is known when steps are proposed. */
export interface StepFacts extends Pick<PostMortem, 'failures' | 'since' | 'streak' | 'similar'> {
  readonly run: RunRecord;
  /** The log of a failed job, where there is one. */
  readonly logOf: (failure: FailureReport) => string | undefined;
}

/** What to do next, in order, each as a command that can be typed where one helps. */
export function nextSteps({ run, failures, since, similar, logOf }: StepFacts): NextStep[] {
  const first = failures.find(({ allowed }) => !allowed) ?? failures[0];
  if (first === undefined) return [];
  const job = shellWord(first.job.id);
  const steps: NextStep[] = [{ why: `${visibleText(first.job.id)}: ${first.category.advice}` }];
  const log = logOf(first);
  if (log !== undefined) steps.push({ why: 'read the end of its log', command: `less +G ${shellWord(log)}` });
  const ended = similar.find((each) => each.job === first.job.id && each.ended !== undefined)?.ended;
  if (ended !== undefined && run.kind === 'journal')
    steps.push({
      why: 'see what was different when the same failure was over',
      command: `executioner report ${ended.run.run}`,
    });
  if (run.kind !== 'journal') return [...steps, ...besides(first, failures, logOf)];
  const { run: number } = run;
  if (since !== undefined && since.changes?.length !== 0)
    steps.push({
      why: 'find the change after which it began to fail',
      command: `executioner logs bisect --job ${job}`,
    });
  if (first.job.tries.length > 1)
    steps.push({
      why: 'see whether its retries ever help',
      command: `executioner logs retries --job ${job}`,
    });
  steps.push(...besides(first, failures, logOf));
  if (run.outcome !== undefined && run.outcome !== 'succeeded')
    steps.push(
      { why: 'see what a resume would run', command: `executioner run --resume-from ${number} --explain` },
      {
        why: 'when it is mended, go on where it stopped',
        command: `executioner run --resume-from ${number}`,
      },
    );
  return steps;
}

/** More than these are a run that went wrong as a whole, which its first failure tells most of. */
const besidesMax = 3;

/** One step for each further kind of failure, which is not over when the first is. */
function besides(
  first: FailureReport,
  failures: readonly FailureReport[],
  logOf: StepFacts['logOf'],
): NextStep[] {
  return alikeFailures(failures.filter(({ allowed }) => !allowed))
    .filter((group) => group.first !== first)
    .slice(0, besidesMax)
    .map((group) => {
      const log = logOf(group.first);
      const why = `${visibleText(group.first.job.id)}, which failed by itself: ${group.first.category.advice}`;
      return log === undefined ? { why } : { why, command: `less +G ${shellWord(log)}` };
    });
}
