/** Of a running process, in milliseconds; a limit of 0 is none. */
export interface Limit {
  readonly limitMs: number;
  readonly graceMs: number;
  /** On the clock of `nowMs`. */
  readonly startedMs: number;
}

export interface Limited {
  readonly nowMs: () => number;
  isRunning(): boolean;
  stop(signal: NodeJS.Signals): void;
}

/** Timers of Node.js end at 24.8 days. */
const timerMsMax = 2 ** 31 - 1;

/** Stops a process at its time limit with SIGTERM, and after its grace period with SIGKILL. Keeps no process from ending. */
export function enforceLimit({ limitMs, graceMs, startedMs }: Limit, process: Limited): void {
  if (limitMs <= 0) return;
  at(startedMs + limitMs, process, () => {
    process.stop('SIGTERM');
    at(process.nowMs() + graceMs, process, () => process.stop('SIGKILL'));
  });
}

/** Acts at that time if the process still runs. */
function at(timeMs: number, process: Limited, act: () => void): void {
  const waitMs = Math.max(0, timeMs - process.nowMs());
  const timer = setTimeout(
    () => {
      if (!process.isRunning()) return;
      if (waitMs > timerMsMax) at(timeMs, process, act);
      else act();
    },
    Math.min(waitMs, timerMsMax),
  );
  timer.unref();
}
