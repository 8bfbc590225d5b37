import Type from 'typebox';
import { closedObject, reference } from './annotation.ts';
import { text, textList } from './values.ts';

export const include = closedObject(
  {
    file: text({
      description: 'The path or glob of the files, relative to the file that includes them.',
      minLength: 1,
      since: 2,
      examples: ['jobs/*.yaml'],
    }),
    prefix: Type.Optional(
      text({
        description: 'Put before the id of every job that comes from there; dependencies inside follow.',
        default: '',
        since: 2,
        examples: ['eu_'],
      }),
    ),
    only: Type.Optional(
      textList({
        description:
          'Take these jobs (ids or globs, without the prefix) and what they depend on, not the others.',
        of: 'job ids or globs',
        since: 2,
        examples: [['load_*']],
      }),
    ),
  },
  {
    title: 'Include',
    description: 'Files whose jobs, templates, env sets and checks are added to this one.',
    expects: 'a path, or a mapping such as {"file": "jobs/*.yaml", "prefix": "eu_"}',
  },
);

export const includeList = Type.Array(
  Type.Union([Type.String({ minLength: 1 }), reference<typeof include>('include')], {
    expects: 'a path, or a mapping such as {"file": "jobs/*.yaml", "prefix": "eu_"}',
  }),
);

export type RawInclude = string | Type.Static<typeof include>;
