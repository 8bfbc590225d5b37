import { type Configuration, type EnvLayer, type Job, jobEnvironments } from '@executioner/core';
import { expect, test } from '@jest/globals';
import { secretValues } from '../../src/environment/index.ts';

const configuration = (kind: 'all') => ({ envInheritance: { kind } }) as Configuration;

function job(id: string, ...env: EnvLayer[]): Job {
  return { id, env } as unknown as Job;
}

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
