import { describe, expect, it } from '@jest/globals';
import { changesForJob, changesOfRun, describeChange } from '../../src/changes/index.ts';
import { pastRun } from '../pastRuns.ts';

const jobs = [{ id: 'load' }, { id: 'extract' }, { id: 'mail' }];

describe('what changed between two runs', () => {
  const before = pastRun({
    run: 1,
    jobs,
    stored: [
      { id: 'extract', command: 'get', variables: { MODE: 'fast' } },
      {
        id: 'load',
        command: 'load',
        dependencies: [{ job: 'extract', when: 'success' }],
        variables: { MODE: 'fast' },
      },
      { id: 'mail', command: 'mail', variables: { MODE: 'fast' } },
    ],
  });
  const after = pastRun({
    run: 2,
    host: 'beta',
    jobs,
    stored: [
      { id: 'extract', command: 'get --all', variables: { MODE: 'safe' } },
      {
        id: 'load',
        command: 'load',
        dependencies: [{ job: 'extract', when: 'always' }],
        timeLimit: { kind: 'fixed', limitMs: 60_000 },
        variables: { MODE: 'safe', EXTRA: '1' },
      },
      { id: 'clean', command: 'clean' },
    ],
  });

  it('tells for a job its own changes first, then those of what it depends on and of the machine', () => {
    expect(changesForJob(before, after, 'load').map(describeChange)).toEqual([
      'dependencies of load: "extract" → "extract (always)"',
      'variable MODE of load and extract: "fast" → "safe"',
      'timeout of load: now "1m 00s"',
      'variable EXTRA of load: now "1"',
      'command of extract: "get" → "get --all"',
      'host: "alpha" → "beta"',
    ]);
  });

  it('tells for a run also jobs that are new or gone', () => {
    const told = changesOfRun(before, after).map(describeChange);
    expect(told).toContain('1 job removed: mail');
    expect(told).toContain('1 job added: clean');
  });

  it('finds nothing between equal runs', () => {
    expect(changesOfRun(before, before)).toEqual([]);
  });

  it('knows the machine, and no more, without a stored configuration', () => {
    const bare = pastRun({ run: 3, jobs, host: 'beta' });
    expect(changesForJob(before, bare, 'load').map(describeChange)).toEqual(['host: "alpha" → "beta"']);
  });

  it('infers from the hash of the definition that a masked value changed', () => {
    const stored = [{ id: 'load', variables: { DB_PASSWORD: '****', MODE: 'fast' } }];
    const old = pastRun({ run: 1, jobs: [{ id: 'load', definition: 'a' }], stored });
    const now = pastRun({ run: 2, jobs: [{ id: 'load', definition: 'b' }], stored });
    expect(changesForJob(old, now, 'load').map(describeChange)).toEqual([
      'variable DB_PASSWORD of load: "(a secret)" → "(another secret)"',
    ]);
  });
});
