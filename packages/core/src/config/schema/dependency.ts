import Type from 'typebox';
import { closedObject, reference } from './annotation.ts';
import { text } from './values.ts';

export const dependency = closedObject(
  {
    job: text({
      description: 'The id of the job that is waited for.',
      minLength: 1,
      since: 2,
      examples: ['extract'],
    }),
    when: Type.Optional(
      Type.Union([Type.Literal('success'), Type.Literal('failure'), Type.Literal('always')], {
        description:
          'Which outcome lets this job start: `success`, `failure` (for clean-up and alarms) or `always` (either).',
        default: 'success',
        since: 2,
        examples: ['failure'],
      }),
    ),
  },
  {
    title: 'Dependency',
    description: 'A job to wait for, with the outcome that lets this job start.',
    expects: 'a dependency: a job id, or a mapping such as {"job": "load", "when": "always"}',
  },
);

export const dependencies = Type.Array(
  Type.Union([Type.String({ minLength: 1 }), reference<typeof dependency>('dependency')], {
    expects: 'a dependency: a job id, or a mapping such as {"job": "load", "when": "always"}',
  }),
  {
    description: 'The jobs that this one waits for: ids, or mappings with a condition.',
    default: [],
    expects: 'a list of job ids, such as ["extract"]',
    examples: [['extract', { job: 'load', when: 'failure' }]],
  },
);

export type RawDependency = string | Type.Static<typeof dependency>;
