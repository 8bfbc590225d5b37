import type { Configuration, EnvLayer, Job } from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import { jobEnvironments, parseAssignments, secretValues } from '../../src/environment/index.ts';

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

  test('secrets are the values of secret names, resolved, and the mail password', () => {
    const secret: EnvLayer = {
      scope: 'job',
      name: 'a',
      variables: { DB_PASSWORD: 'x${SALT}', MONKEY: 'banana', PIN: '1234', SALT: 'y' },
    };
    const whole = {
      ...configuration('all'),
      secrets: ['PIN'],
      email: { password: 'mailpass' },
      notifications: [{ type: 'webhook', headers: { Authorization: 'Bearer x', Accept: '*/*' } }],
      jobs: [job('a', secret), job('b')],
    } as unknown as Configuration;
    const environments = jobEnvironments(whole, {
      environment: { AWS_SECRET_ACCESS_KEY: 'aws', HOME: '/root' },
    });
    expect(secretValues(whole, environments, { CI_TOKEN: 'of the engine', HOME: '/root' })).toEqual({
      values: new Set(['xy', '1234', 'aws', 'mailpass', 'of the engine', 'Bearer x']),
      unmaskable: ['AWS_SECRET_ACCESS_KEY', 'DB_PASSWORD'],
    });
  });
});

describe('--env', () => {
  test.each([
    [['A=1,B=2'], { A: '1', B: '2' }],
    [['A=1', 'B=2', 'A=3'], { A: '3', B: '2' }],
    [['LIST=a,b,c'], { LIST: 'a,b,c' }],
    [['URL=http://x/?a=b,C=d'], { URL: 'http://x/?a=b', C: 'd' }],
    [['A=1, B=2,'], { A: '1', B: '2' }],
    [['EMPTY='], { EMPTY: '' }],
  ])('%j', (values, expected) => {
    expect(parseAssignments(values)).toEqual(expected);
  });

  test.each([['A'], ['1A=2'], ['=x'], ['']])('refuses %j', (value) => {
    expect(() => parseAssignments([value])).toThrow(/is not NAME=value/);
  });
});
