import Type from 'typebox';
import { closedObject } from './annotation.ts';
import { positiveDuration, wholeNumber } from './values.ts';

export const logRetention = closedObject(
  {
    max_runs: Type.Optional(
      wholeNumber({
        description: 'Logs of at most so many runs are kept.',
        minimum: 1,
        maximum: 1_000_000_000,
        since: 2,
        examples: [50],
      }),
    ),
    max_age: Type.Optional(
      positiveDuration({ description: 'Older logs are removed.', since: 2, examples: ['30d'] }),
    ),
    max_size: Type.Optional(
      Type.Union(
        [
          Type.Number({ exclusiveMinimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
          Type.String({ pattern: '^\\d+(\\.\\d+)?\\s*([kKMGT]i?)?B?$', maxLength: 100 }),
        ],
        {
          description: 'Oldest logs are removed while all together are larger.',
          expects: 'a size: bytes (1000000) or text such as "500MB" or "2GiB"',
          unit: 'bytes',
          since: 2,
          examples: ['2GB'],
        },
      ),
    ),
  },
  {
    title: 'Log retention',
    description: 'How long logs are kept.',
    expects: 'a mapping with "max_runs", "max_age" and "max_size"',
  },
);
