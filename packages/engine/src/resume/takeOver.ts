import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Adopted, adopt, type ExitedReport, type LaunchFates } from '../launcher/index.ts';
import type { LoggedLines } from '../run/jobOutput.ts';
import type { Heir, Predecessors } from '../run/succession.ts';
import type { Decision } from './decision.ts';
import { type ExpectedLog, expectedLogs } from './expectedLog.ts';
import { expectedRunLines } from './expectedRunLines.ts';
import { ownAttempts, type PastAttempt, type PastRun } from './pastRun.ts';
import { recoverLog } from './recoverLog.ts';
import { recoverRunLogs } from './recoverRunLogs.ts';

/** How many logs are completed at a time. */
const recoveriesAtOnce = 8;

/**
 * Completes the logs of jobs with the raw output that earlier engines have left, and follows the processes that still run.
 * What an engine has read to its end and removed needs no completing, so only what is left is looked at.
 */
export function takeOver(
  past: PastRun,
  fates: LaunchFates,
  decisions: readonly Decision[],
  heir: Heir,
): Predecessors {
  const { plan, output, take } = heir;
  recoverRunLogs(expectedRunLines(past, plan.jobs), { ...heir, run: past.run });
  const folder = join(past.folder, 'spool');
  const spools = spoolsOf(folder, past.attempts.at(-1)!.attempt);
  const logged = new Map<string, LoggedLines>();
  const adopted: Adopted[] = [];
  const ended: { readonly job: string; readonly report: ExitedReport }[] = [];
  decisions.forEach((decision, number) => {
    if (decision.action !== 'take_over') return;
    const { job, fate } = decision;
    const { token } = decision.past;
    if (fate.kind === 'running') adopted.push({ job: number, token, fate });
    if (fate.kind === 'exited' && fate.spool.path !== '') {
      const { end, spool, spoolEnd } = fate;
      ended.push({ job, report: { token, end, spool, spoolEnd, spoolRetired: false, leftovers: [] } });
    }
    if (fate.kind !== 'unknown') logged.set(token, { count: 0 });
  });

  let isComplete = true;
  const recoveries = expectedLogs(ownAttempts(past), plan.jobs, jobsToLookAt(past, fates, spools));
  recoverAll(recoveries, async (expected) => {
    const left = expected.tries.findLast((token) => logged.has(token));
    try {
      const count = await recoverLog(expected, left, { ...heir, fates });
      if (left !== undefined) logged.get(left)!.count = count;
      else heir.writer.closeJob(expected.job);
    } catch (error) {
      isComplete = false;
      heir.onError(heir.writer.jobLog(expected.job), error as NodeJS.ErrnoException);
    }
  });

  function recoverAll(logs: readonly ExpectedLog[], recover: (log: ExpectedLog) => Promise<void>): void {
    const lanes: Promise<void>[] = Array.from({ length: recoveriesAtOnce }, () => Promise.resolve());
    logs.forEach((log, index) => {
      const lane = index % recoveriesAtOnce;
      lanes[lane] = lanes[lane]!.then(() => recover(log));
      output.precede(log.job, lanes[lane]!);
    });
  }

  for (const { job, report } of ended) output.exited(job, report, logged.get(report.token));
  for (const { job, token, fate } of adopted) {
    if (fate.spool !== undefined) output.started(plan.ids[job]!, token, fate.spool, logged.get(token));
  }
  const adoption = adopt(adopted, {
    exited(job, report, end) {
      output.exited(plan.ids[job]!, report, logged.get(report.token));
      if (report.leftovers.length > 0) take({ type: 'leftover', job, pids: report.leftovers });
      take({ type: 'fate', job, fate: { kind: 'exited', end } });
    },
    errored: (job, error) => take({ type: 'fate', job, fate: { kind: 'errored', error } }),
    lost(job, token) {
      const spool = adopted.find((one) => one.token === token)!.fate.spool;
      if (spool !== undefined) output.lost(plan.ids[job]!, token, spool);
      take({ type: 'fate', job, fate: { kind: 'unknown' } });
    },
  });

  return {
    signal: adoption.signal,
    kill: adoption.kill,
    close({ keep }) {
      adoption.close();
      if (isComplete && !keep) for (const name of spools) rmSync(join(folder, name), { force: true });
    },
  };
}

/** Names of the files with raw output of attempts up to this one. */
function spoolsOf(folder: string, lastAttempt: number): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folder).filter((name) => Number.parseInt(name, 10) <= lastAttempt));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
    throw error;
  }
}

/**
 * Whether the log of a job may lack something: raw output of it is left, or the latest engine did not come to write all that
 * it had to say. That is any job of a run without an end; at the end of a run, the logs of all that was started are complete.
 */
function jobsToLookAt(
  past: PastRun,
  fates: LaunchFates,
  spools: ReadonlySet<string>,
): (job: string) => boolean {
  const jobs = spools.size === 0 ? new Set<string>() : jobsWithOutput(past.attempts, fates, spools);
  const latest = ownAttempts(past).at(-1)?.events ?? [];
  const isOver = latest.at(-1)?.type === 'run.finished';
  const started = new Set(latest.flatMap((event) => (event.type === 'job.started' ? [event.job] : [])));
  for (const event of latest) {
    if ('round' in event && !(isOver && started.has(event.job))) jobs.add(event.job);
  }
  return (job) => jobs.has(job);
}

function jobsWithOutput(
  attempts: readonly PastAttempt[],
  fates: LaunchFates,
  spools: ReadonlySet<string>,
): Set<string> {
  const jobs = new Set<string>();
  for (const { events } of attempts) {
    for (const event of events) {
      if (event.type !== 'job.starting') continue;
      const fate = fates.of(event.token);
      if ('spool' in fate && fate.spool !== undefined && spools.has(basename(fate.spool.path)))
        jobs.add(event.job);
    }
  }
  return jobs;
}
