import { eachJob, type RunRecord } from '../runs/index.ts';
import type { RunLine } from './model.ts';
import { RunTally } from './runTally.ts';

/** The line of a run in a list of many. Linear in its tries. */
export function runLine(run: RunRecord): RunLine {
  const tally = new RunTally();
  tally.begin(run);
  eachJob(run, (job) => tally.add(job));
  return tally.line(run);
}
