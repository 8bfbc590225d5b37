import type { CheckContext } from '../../src/checks/index.ts';

/** What a check in `folder` gets, of a job named "job" that has not run. */
export function makeContext(folder: string, own: Partial<CheckContext> = {}): CheckContext {
  return {
    job: 'job',
    workingDir: folder,
    folder,
    environment: { PATH: '/usr/bin:/bin' },
    commandLine: (command) => ({ ok: true, argv: ['/bin/sh', '-c', command] }),
    output: undefined,
    signal: new AbortController().signal,
    ...own,
  };
}
