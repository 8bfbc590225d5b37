/** One set for the process, also where several copies of this library are loaded. */
const key = Symbol.for('@executioner/engine: attempts under way');
const shared = globalThis as { [key]?: Set<string> };
shared[key] ??= new Set();
const attempts = shared[key];

/** Notes that this process runs an attempt; call what is returned when it is over. */
export function beginAttempt(runFolder: string, attempt: number): () => void {
  const name = nameOf(runFolder, attempt);
  attempts.add(name);
  return () => attempts.delete(name);
}

/** Whether this process runs the attempt: that it is alive is not enough, since it may have ended many. */
export function isUnderWay(runFolder: string, attempt: number): boolean {
  return attempts.has(nameOf(runFolder, attempt));
}

function nameOf(runFolder: string, attempt: number): string {
  return `${attempt} ${runFolder}`;
}
