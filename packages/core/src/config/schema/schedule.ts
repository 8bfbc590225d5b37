import Type from 'typebox';
import { closedObject } from './annotation.ts';
import { text } from './values.ts';

export const schedule = closedObject(
  {
    cron: text({
      description: 'Five cron fields: minute, hour, day of month, month, day of week.',
      minLength: 1,
      since: 2,
      examples: ['30 2 * * 1-5'],
    }),
    time_zone: Type.Optional(
      text({
        description: 'The IANA time zone of the fields.',
        defaultText: 'that of the machine',
        minLength: 1,
        since: 2,
        examples: ['Europe/Vienna'],
      }),
    ),
  },
  {
    title: 'Schedule',
    description: 'When the workflow is meant to run. Used by exports; nothing here starts runs by itself.',
    expects: 'a cron expression, or a mapping such as {"cron": "30 2 * * *", "time_zone": "Europe/Vienna"}',
  },
);
