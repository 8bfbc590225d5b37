import type { RealDriver } from '../drivers/index.ts';
import { type Adopted, type Adoption, adopt, type LaunchFate, type LaunchFates } from '../launcher/index.ts';
import type { JobOutput } from './jobOutput.ts';

/** A try that was given to a launcher which is gone. */
export interface LostTry {
  readonly token: string;
  /** Number and id. */
  readonly job: number;
  readonly id: string;
  /** Its start was heard of. */
  readonly hasStarted: boolean;
}

export interface LostLauncherOptions {
  /** What the launcher has recorded, and who lives. */
  readonly fates: () => Promise<LaunchFates>;
  readonly output: JobOutput;
  readonly take: RealDriver['take'];
}

/**
 * Sees to the tries of a launcher that is gone: ends it recorded and could not tell any more count, processes that live on
 * are followed until they end, and only what nobody can say is unknown. So no job is started again beside its own process.
 */
export async function settleLostTries(
  tries: readonly LostTry[],
  { fates: find, output, take }: LostLauncherOptions,
): Promise<Adoption> {
  const fates = await find();
  const adopted: Adopted[] = [];
  for (const one of tries) {
    const fate = fates.of(one.token);
    if (fate.kind !== 'running') settle(one, fate);
    else {
      if (!one.hasStarted) start(one, fate);
      adopted.push({ job: one.job, token: one.token, fate });
    }
  }

  function start({ token, job, id }: LostTry, fate: LaunchFate & { readonly kind: 'running' }): void {
    const { pid, ticks, spool } = fate;
    if (spool !== undefined) output.started(id, token, spool);
    take({ type: 'launched', job, pid, ...(ticks === undefined ? {} : { ticks }) });
  }

  function settle(
    { token, job, id }: LostTry,
    fate: Exclude<LaunchFate, { readonly kind: 'running' }>,
  ): void {
    if (fate.kind === 'exited') {
      const { end, spool, spoolEnd } = fate;
      output.exited(id, { token, end, spool, spoolEnd, spoolRetired: false, leftovers: [] });
      take({ type: 'fate', job, fate: { kind: 'exited', end } });
    } else {
      if (fate.kind === 'unknown' && fate.spool !== undefined) output.lost(id, token, fate.spool);
      take({ type: 'fate', job, fate: fate.kind === 'errored' ? fate : { kind: fate.kind } });
    }
  }

  const tryOf = (job: number) => tries.find((one) => one.job === job)!;
  return adopt(adopted, {
    exited(job, report, end) {
      output.exited(tryOf(job).id, report);
      take({ type: 'fate', job, fate: { kind: 'exited', end } });
    },
    errored: (job, error) => take({ type: 'fate', job, fate: { kind: 'errored', error } }),
    lost(job, token) {
      const { fate } = adopted.find((one) => one.token === token)!;
      if (fate.spool !== undefined) output.lost(tryOf(job).id, token, fate.spool);
      take({ type: 'fate', job, fate: { kind: 'unknown' } });
    },
  });
}
