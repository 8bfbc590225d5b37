import type { CommandContext } from '@executioner/core';
import { doubtfulCauses, evidenceOf, explainedByConfiguration, historyExplainer } from '../failures/index.ts';
import type { RunRecord } from '../runs/index.ts';
import { dependencyFinder } from './knownDependencies.ts';
import { runsBeside } from './runsBeside.ts';

/** Finds out, for runs of text logs with several failures, which of them kept which jobs from running. */
export interface SkipExplainer {
  /** A run as it is to be told; undefined when that is only known at the end. */
  take(run: RunRecord): RunRecord | undefined;
  /** Those that were kept back, with what the others tell of them. */
  finish(): Promise<RunRecord[]>;
}

/** Runs that tell of the order of jobs, and runs that are kept back: in all the newest of those read. */
const historyMax = 100;
/** Of very large runs fewer are kept. */
const historyJobsMax = 200_000;
const waitingMax = 100;

/** @throws CommandError when the configuration that was named is none */
export function skipExplainer(config: string | undefined, context: CommandContext): SkipExplainer {
  const dependenciesOf = dependencyFinder(config, context);
  const history: RunRecord[] = [];
  let historyJobs = 0;
  const waiting: RunRecord[] = [];

  function remember(run: RunRecord): void {
    history.push(run);
    historyJobs += run.jobs.length;
    while (history.length > historyMax || (historyJobs > historyJobsMax && history.length > 1))
      historyJobs -= history.shift()!.jobs.length;
  }

  return {
    take(run) {
      if (run.kind === 'journal') return run;
      remember(run);
      const causes = doubtfulCauses(run);
      if (causes === 0) return run;
      const known = dependenciesOf(run);
      const explained = known === undefined ? run : explainedByConfiguration(run, known);
      // A single failure is the cause.
      if ((known === undefined ? causes : doubtfulCauses(explained)) < 2 || waiting.length >= waitingMax)
        return explained;
      waiting.push(explained);
      return undefined;
    },
    async finish() {
      const explained: RunRecord[] = [];
      const explainers = new Map<string, (run: RunRecord) => RunRecord>();
      for (const run of waiting) {
        const { application } = run;
        const read = history.filter((each) => each.application === application);
        if (read.every((each) => isSame(each, run))) {
          const beside = await runsBeside(run, context);
          explained.push(historyExplainer(beside.map(evidenceOf))(run));
          continue;
        }
        const explain = explainers.get(application) ?? historyExplainer(read.map(evidenceOf));
        explainers.set(application, explain);
        explained.push(explain(run));
      }
      return explained;
    },
  };
}

function isSame(a: RunRecord, b: RunRecord): boolean {
  return a.run === b.run && a.startedAtMs === b.startedAtMs;
}
