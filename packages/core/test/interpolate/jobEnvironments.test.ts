import { describe, expect, test } from '@jest/globals';
import { type Configuration, type EnvLayer, type Job, jobEnvironments } from '../../src/index.ts';

const configuration = (kind: 'all' | 'none' | 'default') => ({ envInheritance: { kind } }) as Configuration;

function job(id: string, ...env: EnvLayer[]): Job {
  return { id, env } as unknown as Job;
}

describe('the environment of a job', () => {
  const application: EnvLayer = {
    scope: 'application',
    variables: { STAGE: 'test', DATA: '${ROOT}/data', ROOT: '/a' },
  };
  const own: EnvLayer = { scope: 'job', name: 'b', variables: { ROOT: '/b', PATH: '/opt:${PATH}' } };
  const engine = { PATH: '/bin', HOME: '/root', EXTRA: 'x', absent: undefined };

  test('inherited, application, job and command line, the later above the earlier', () => {
    const environments = jobEnvironments(configuration('default'), {
      environment: engine,
      variables: { STAGE: 'prod' },
    });
    expect(environments.of(job('b', application, own)).variables).toEqual({
      PATH: '/opt:/bin',
      HOME: '/root',
      STAGE: 'prod',
      DATA: '/a/data',
      ROOT: '/b',
    });
  });

  test.each([
    ['all', { PATH: '/bin', HOME: '/root', EXTRA: 'x' }],
    ['none', {}],
    ['default', { PATH: '/bin', HOME: '/root' }],
  ] as const)('inherits %s', (kind, expected) => {
    expect(jobEnvironments(configuration(kind), { environment: engine }).of(job('a')).variables).toEqual(
      expected,
    );
  });

  test('jobs with the same layers share one object', () => {
    const environments = jobEnvironments(configuration('none'), { environment: engine });
    const first = environments.of(job('a', application)).variables;
    expect(environments.of(job('b', application)).variables).toBe(first);
    expect(environments.of(job('c', application, own)).variables).not.toBe(first);
  });
});
