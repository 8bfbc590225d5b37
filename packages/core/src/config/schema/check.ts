import Type from 'typebox';
import { closedObject, reference } from './annotation.ts';
import { positiveDuration, text } from './values.ts';

const parameters = Type.Record(Type.String(), Type.Unknown(), {
  description:
    'The parameters of the check. `${NAME}` in their texts is replaced from the environment of the job.',
  expects: 'a mapping from parameter names to values',
  default: {},
  examples: [{ path: '${DATA}/input.csv' }],
});

/** A check as a job or the `checks` map writes it. */
export const check = closedObject(
  {
    name: text({
      description:
        'A built-in check, a named check of the `checks` map, or a plug-in: the path of a module or of a program.',
      minLength: 1,
      examples: ['file_exists'],
    }),
    params: Type.Optional(parameters),
    timeout: Type.Optional(
      positiveDuration({ description: 'The check fails when it takes longer.', default: 60, since: 2 }),
    ),
  },
  {
    title: 'Check',
    description: 'Something that must hold before a job starts, or after its command has ended.',
    expects: 'a check: a mapping such as {"name": "file_exists", "params": {"path": "in.csv"}}',
  },
);

/** In the lists of a job a named check may be called by its bare name. */
export const checkUse = Type.Union([Type.String({ minLength: 1 }), reference<typeof check>('check')], {
  expects:
    'a check: a mapping such as {"name": "file_exists", "params": {"path": "in.csv"}}, or the name of one of the "checks"',
});
