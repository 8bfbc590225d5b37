import { constants } from 'node:os';
import type { ProcessEnd } from '../journal/event.ts';
import type { ExitedRecord } from './protocol.ts';

/** The status wait(2) would tell: 256 × exit code, or the number of the signal that killed the process. */
export function waitStatus(code: number | null, signal: NodeJS.Signals | null): number {
  return signal === null ? (code ?? 0) * 256 : constants.signals[signal];
}

/** The end that an exit record tells. */
export function recordedEnd({ status, cpu_ms, max_rss_kb }: ExitedRecord): ProcessEnd {
  return {
    ...processEnd(status),
    ...(cpu_ms === undefined ? {} : { cpu_ms }),
    ...(max_rss_kb === undefined ? {} : { max_rss_kb }),
  };
}

/** The reverse of `waitStatus`; a core dump (bit 7) is not told apart. */
export function processEnd(status: number): ProcessEnd {
  const number = status & 0x7f;
  return number === 0
    ? { exit_code: (status >> 8) & 0xff }
    : { signal: signalNames.get(number) ?? `SIG${number}` };
}

const signalNames = new Map<number, string>();
for (const [name, number] of Object.entries(constants.signals)) {
  if (!signalNames.has(number)) signalNames.set(number, name);
}
