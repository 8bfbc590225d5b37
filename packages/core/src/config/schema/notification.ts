import Type from 'typebox';
import { closedObject, namedMap } from './annotation.ts';
import { text } from './values.ts';

export const notification = closedObject(
  {
    type: Type.Union([Type.Literal('email'), Type.Literal('webhook')], {
      description: 'The channel.',
      since: 2,
      examples: ['webhook'],
    }),
    on: Type.Optional(
      Type.Array(
        Type.Union([
          Type.Literal('started'),
          Type.Literal('success'),
          Type.Literal('failure'),
          Type.Literal('job_failure'),
        ]),
        {
          description: 'The occasions: the run started, succeeded or failed, or one job failed.',
          default: ['failure'],
          expects: 'a list of "started", "success", "failure" and "job_failure"',
          since: 2,
        },
      ),
    ),
    to: Type.Optional(
      Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }))], {
        description: 'E-mail addresses: a list, or one text with commas.',
        expects: 'an e-mail address, or a list of them',
        since: 2,
        examples: [['ops@example.com']],
      }),
    ),
    url: Type.Optional(
      text({
        description: 'The address that a webhook is sent to.',
        minLength: 1,
        since: 2,
        examples: ['https://chat.example.com/hook/1'],
      }),
    ),
    headers: Type.Optional(
      namedMap(Type.String(), {
        description: 'Extra request headers of a webhook.',
        expects: 'a mapping from header names to texts',
        since: 2,
      }),
    ),
  },
  {
    title: 'Notification',
    description: 'A message about the run.',
    expects: 'a notification: a mapping with "type"',
  },
);
