import type { ConfigurationHost } from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { validate, type World } from '../../src/index.ts';

const host: ConfigurationHost = {
  folder: '/work',
  home: '/root',
  readFile: () => ({ ok: false, reason: 'missing' }),
  listFolder: () => [],
  glob: () => [],
  resolve: (from, path) => (path.startsWith('/') ? path : `${from}/${path}`),
  isAbsolute: (path) => path.startsWith('/'),
  folderOf: (path) => path.slice(0, path.lastIndexOf('/')) || '/',
  nameOf: (path) => path.slice(path.lastIndexOf('/') + 1),
};
const world: World = {
  lookAt: () => ({ kind: 'folder', isReadable: true, isExecutable: true }),
  realPath: (path) => path,
  checkSyntax: () => undefined,
};

interface SmallJob {
  readonly id: string;
  readonly dependencies: readonly { readonly job: string; readonly when: 'success' | 'failure' | 'always' }[];
  readonly allow_failure: boolean;
  readonly enabled: boolean;
}

/** Jobs that depend on earlier ones alone, few enough to try out every way in which they can end. */
const workflow = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc.tuple(
    ...Array.from({ length: size }, (_, index) =>
      fc.record({
        id: fc.constant(`j${index}`),
        dependencies: fc.uniqueArray(
          fc.record({
            job: fc.integer({ min: 0, max: Math.max(0, index - 1) }).map((other) => `j${other}`),
            when: fc.constantFrom(
              'success' as const,
              'success' as const,
              'failure' as const,
              'always' as const,
            ),
          }),
          { selector: ({ job }) => job, maxLength: index === 0 ? 0 : 3 },
        ),
        allow_failure: fc.boolean(),
        enabled: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
      }),
    ),
  ),
) as fc.Arbitrary<SmallJob[]>;

/** The jobs that run in at least one of all the runs in which each job that runs succeeds or fails. */
function canRun(jobs: readonly SmallJob[]): Set<string> {
  const ran = new Set<string>();
  for (let ways = 0; ways < 2 ** jobs.length; ways++) {
    const outcomes = new Map<string, 'succeeded' | 'failed' | 'disabled' | 'skipped'>();
    jobs.forEach((job, index) => {
      const isMet = ({ job: id, when }: SmallJob['dependencies'][number]): boolean => {
        const outcome = outcomes.get(id)!;
        if (when === 'always') return true;
        if (when === 'failure') return outcome === 'failed';
        const { allow_failure } = jobs.find((other) => other.id === id)!;
        return outcome === 'succeeded' || outcome === 'disabled' || (outcome === 'failed' && allow_failure);
      };
      if (!job.enabled) outcomes.set(job.id, 'disabled');
      else if (!job.dependencies.every(isMet)) outcomes.set(job.id, 'skipped');
      else {
        ran.add(job.id);
        outcomes.set(job.id, (ways >> index) & 1 ? 'failed' : 'succeeded');
      }
    });
  }
  return ran;
}

function reported(jobs: readonly SmallJob[]): string[] {
  const text = JSON.stringify({ version: 2, jobs: jobs.map((job) => ({ ...job, command: 'true' })) });
  const { diagnostics } = validate({ file: '/work/w.json', text }, { host, world, environment: {} });
  return diagnostics.filter(({ code }) => code === 'W308').map(({ job }) => job!);
}

describe('jobs that can never run', () => {
  test('none that is reported runs in any of all possible runs', () => {
    fc.assert(
      fc.property(workflow, (jobs) => {
        const ran = canRun(jobs);
        expect(reported(jobs).filter((id) => ran.has(id))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    [
      'failure and success of one job',
      [
        ['b', 'a success'],
        ['c', 'a failure, b success'],
      ],
      ['c'],
    ],
    [
      'a condition that counts although the same job is named again',
      [
        ['b', 'a success'],
        ['c', 'b success'],
        ['d', 'c always, a failure, c success'],
      ],
      [],
    ],
    [
      'an alarm and its end',
      [
        ['alarm', 'a failure'],
        ['end', 'alarm success, a always'],
      ],
      [],
    ],
    [
      'two alarms that exclude each other',
      [
        ['b', 'a success'],
        ['x', 'a failure'],
        ['y', 'b failure'],
        ['z', 'x success, y success'],
      ],
      ['z'],
    ],
  ])('%s', (_name, lines, expected) => {
    const jobs = [['a', ''], ...lines].map(([id, list]) => ({
      id: id!,
      dependencies:
        list! === ''
          ? []
          : list!.split(', ').map((entry) => {
              const [job, when] = entry.split(' ');
              return { job: job!, when: when as 'success' };
            }),
      allow_failure: false,
      enabled: true,
    }));
    expect(reported(jobs)).toEqual(expected);
  });
});
