import { describe, expect, test } from '@jest/globals';
import { load } from '../../src/config/index.ts';
import { memoryHost } from '../support/memoryHost.ts';

const count = 10_000;
const manyJobs = (keys: (index: number) => object) => ({
  version: 2,
  jobs: Array.from({ length: count }, (_, index) => ({
    id: `job_${index}`,
    command: 'true',
    ...keys(index),
  })),
});

function loadOne(value: object) {
  return load({ file: '/work/w.json', text: JSON.stringify(value) }, memoryHost({}));
}

describe(`${count} mistakes are ${count} diagnostics`, () => {
  test.each([
    ['E203', manyJobs(() => ({ ownr: 'x' }))],
    ['E702', manyJobs(() => ({ timeout: 'soon' }))],
    ['E301', manyJobs((index) => ({ dependencies: [`load_${index}`] }))],
    ['E302', manyJobs((index) => ({ dependencies: [`job_${index}`] }))],
  ])('%s', (code, value) => {
    const { diagnostics } = loadOne(value);
    expect([diagnostics.length, new Set(diagnostics.map((diagnostic) => diagnostic.code))]).toEqual([
      count,
      new Set([code]),
    ]);
  });

  test('in one list', () => {
    const ids = Array.from({ length: count }, (_, index) => `job_${index}`);
    const { jobs } = manyJobs(() => ({}));
    const { diagnostics } = loadOne({
      version: 2,
      jobs: [...jobs, { id: 'all', command: 'true', dependencies: [...ids, ...ids] }],
    });
    expect([diagnostics.length, diagnostics[0]?.code]).toEqual([count, 'W301']);
  });
});

test('a circle through all jobs is one diagnostic with every dependency in it', () => {
  const { diagnostics } = loadOne(manyJobs((index) => ({ dependencies: [`job_${(index + 1) % count}`] })));
  expect(diagnostics.map(({ code, related }) => [code, related?.length])).toEqual([['E304', count]]);
  expect(diagnostics[0]!.message).toBe(
    'jobs depend on each other in a circle: "job_0" needs "job_1" needs "job_2" needs "job_3" needs "job_4" needs "job_5" needs … 9989 more … needs "job_9995" needs "job_9996" needs "job_9997" needs "job_9998" needs "job_9999" needs "job_0"',
  );
});

test('templates nested too deep are refused', () => {
  const templates = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`t${index}`, { extends: `t${index + 1}` }]),
  );
  const { diagnostics } = loadOne({
    version: 2,
    job_templates: { ...templates, [`t${count}`]: { tags: ['x'] } },
    jobs: [{ id: 'a', command: 'true', extends: 't0' }],
  });
  expect(diagnostics.map(({ code }) => code)).toEqual(['E223']);
});

test('files nested too deep are refused', () => {
  const files = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [
      `/work/${index}.json`,
      JSON.stringify({ version: 2, include: `${index + 1}.json` }),
    ]),
  );
  const { diagnostics } = load('0.json', memoryHost(files));
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['E213', 'files include each other more than 100 deep'],
  ]);
});

test('prefixes that multiply are refused', () => {
  const twice = (file: string) => ['a', 'b'].map((prefix) => ({ file, prefix }));
  const files = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [
      `/work/${index}.json`,
      JSON.stringify({ version: 2, include: twice(`${index + 1}.json`) }),
    ]),
  );
  const { diagnostics } = load(
    '0.json',
    memoryHost({ ...files, '/work/20.json': '{"version": 2, "jobs": []}' }),
  );
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['E213', 'more than 10000 files are included'],
  ]);
});
