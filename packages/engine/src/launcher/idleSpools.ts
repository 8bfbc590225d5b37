import type { LaunchRecord } from './protocol.ts';

/** The spools whose last try the engine knows to have ended: the next try may append to them. */
export interface IdleSpools {
  /** A spool for the try, if there is one. */
  take(token: string): string | undefined;
  /** Told of every record of the launcher, in order. */
  hear(record: LaunchRecord): void;
}

export function idleSpools(): IdleSpools {
  const idle: string[] = [];
  const takenFor = new Map<string, string>();
  return {
    take(token) {
      const spool = idle.pop();
      if (spool !== undefined) takenFor.set(token, spool);
      return spool;
    },
    hear(record) {
      if (record.type === 'started') takenFor.delete(record.token);
      else if (record.type === 'exited' && record.spool_retired !== true) idle.push(record.spool);
      else if (record.type === 'errored') {
        const unused = takenFor.get(record.token);
        takenFor.delete(record.token);
        if (unused !== undefined) idle.push(unused);
      }
    },
  };
}
