import { describe, expect, it } from '@jest/globals';
import { changesForJob, changesOfRun, describeChange, shownChanges } from '../../src/changes/index.ts';
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

  it('shows of long values what differs, with a little around it', () => {
    const command = (table: string): string =>
      `sqlplus -s app/app @load_everything.sql --table ${table} --commit-every 1000 --log /var/log/load.log`;
    const [old, now] = ['orders', 'order'].map((table, index) =>
      pastRun({ run: index + 1, jobs, stored: [{ id: 'load', command: command(table) }] }),
    );
    expect(changesForJob(old!, now!, 'load').map(describeChange)).toEqual([
      'command of load: "…@load_everything.sql --table orders --commit-every 1000…" → "…@load_everything.sql --table order --commit-every 1000…"',
    ]);
  });

  it('infers from the hash of the definition that a masked value changed', () => {
    const stored = [{ id: 'load', variables: { DB_PASSWORD: '****', MODE: 'fast' } }];
    const old = pastRun({ run: 1, jobs: [{ id: 'load', definition: 'a' }], stored });
    const now = pastRun({ run: 2, jobs: [{ id: 'load', definition: 'b' }], stored });
    expect(changesForJob(old, now, 'load').map(describeChange)).toEqual([
      'variable DB_PASSWORD of load: changed (a secret)',
    ]);
  });

  describe('of secrets beside other changes', () => {
    const secret = { variables: { DB_PASSWORD: '****' } };
    const told = (definitions: readonly [load: string, mail: string], mail: object = secret): string[] => {
      const [old, now] = [['a', 'a'], definitions].map(([load, other], index) =>
        pastRun({
          run: index + 1,
          jobs: [
            { id: 'load', definition: load! },
            { id: 'mail', definition: other! },
          ],
          stored: [
            { id: 'load', command: `load ${index}`, ...secret },
            { id: 'mail', ...mail },
          ],
        }),
      );
      return changesForJob(old!, now!, 'load').map(describeChange);
    };
    const command = 'command of load: "load 0" → "load 1"';

    it('are told by another job that has the secret from the same place', () => {
      expect(told(['b', 'b'])).toEqual([command, 'variable DB_PASSWORD of load: changed (a secret)']);
      expect(told(['b', 'a'])).toEqual([command]);
    });

    it('are not told by a job with another secret, from another place, or with several', () => {
      const perhaps = [
        command,
        'variable DB_PASSWORD of load: perhaps changed (a secret, whose values are not stored)',
      ];
      expect(told(['b', 'b'], { variables: { TOKEN: '****' } })).toEqual(perhaps);
      expect(told(['b', 'b'], { variables: { DB_PASSWORD: '****', TOKEN: '****' } })).toEqual(perhaps);
      const own = [{ scope: 'job', name: 'mail', variables: { DB_PASSWORD: '****' } }];
      expect(told(['b', 'a'], { env: own })).toEqual(perhaps);
    });
  });

  describe('as they are shown', () => {
    const shown = (showValues: boolean) =>
      shownChanges(changesForJob(before, after, 'load'), [before, after], { showValues }).map(describeChange);

    it('have no values of variables', () => {
      expect(shown(false)).toEqual([
        'dependencies of load: "extract" → "extract (always)"',
        'variable MODE of load and extract: changed',
        'timeout of load: now "1m 00s"',
        'variable EXTRA of load: added',
        'command of extract: "get" → "get --all"',
        'host: "alpha" → "beta"',
      ]);
    });

    it('have them when asked for', () => {
      expect(shown(true)).toContain('variable MODE of load and extract: "fast" → "safe"');
    });

    it('are told once for several jobs that had different values', () => {
      const [old, now] = [1, 2].map((run) =>
        pastRun({
          run,
          jobs,
          stored: ['load', 'mail'].map((id) => ({ id, variables: { MODE: `${id} ${run}` } })),
        }),
      );
      expect(shownChanges(changesOfRun(old!, now!), [old!, now!]).map(describeChange)).toEqual([
        'variable MODE of load and mail: changed',
      ]);
    });

    it('never have a secret: too short to be masked when stored, declared later, or in a command', () => {
      const old = pastRun({
        run: 1,
        jobs,
        stored: [
          {
            id: 'load',
            command: 'sqlplus scott/tiger9 @a; curl -H "Authorization: Bearer abcdef123"',
            variables: {
              API_TOKEN: 'ab1',
              CONN: 'scott/tiger9',
              DB: 'db://me:pw1@h',
              PLAIN: 'x scott/tiger9',
            },
          },
        ],
      });
      const now = pastRun({
        run: 2,
        jobs,
        stored: [
          {
            id: 'load',
            command: 'sqlplus "$CONN" @b; load --password hunter2',
            variables: { API_TOKEN: 'cd2', CONN: '****', DB: 'db://me:pw2@h', PLAIN: 'x' },
          },
        ],
      });
      const declaring = { ...now, configuration: { ...now.configuration!, secrets: ['CONN'] } };
      const all = shownChanges(changesForJob(old, declaring, 'load'), [old, declaring], { showValues: true });
      expect(all.map(describeChange)).toEqual([
        'command of load: "sqlplus **** @a; curl -H "Authorization: Bearer ****"" → "sqlplus "$CONN" @b; load --password ****"',
        'variable API_TOKEN of load: changed (a secret)',
        'variable CONN of load: changed (a secret)',
        'variable DB of load: changed (a secret)',
        'variable PLAIN of load: "x ****" → "x"',
      ]);
      expect(JSON.stringify(all)).not.toMatch(/tiger|ab1|cd2|pw1|pw2|hunter2|abcdef123/);
    });
  });
});
