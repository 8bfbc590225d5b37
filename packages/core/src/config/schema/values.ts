import Type from 'typebox';
import { durationPattern, maximumSeconds } from '../duration.ts';
import { historyPattern, timeLimitPattern } from '../timeLimit.ts';
import { type Annotation, reference } from './annotation.ts';

export const durationForms = 'seconds (90) or text such as "90s", "15m" or "2h30m"';

/** A length of time that may be zero. */
export function duration(annotation: Annotation) {
  return Type.Union(
    [
      Type.Number({ minimum: 0, maximum: maximumSeconds }),
      Type.String({ pattern: durationPattern, maxLength: 100 }),
    ],
    {
      unit: 'seconds',
      ...annotation,
      expects: `a duration from zero to ten years: ${durationForms}`,
      code: 'E701',
    },
  );
}

/** A length of time above zero. */
export function positiveDuration(annotation: Annotation) {
  return Type.Union(
    [
      Type.Number({ exclusiveMinimum: 0, maximum: maximumSeconds }),
      Type.String({ pattern: durationPattern, maxLength: 100 }),
    ],
    {
      unit: 'seconds',
      ...annotation,
      expects: `a duration above zero, up to ten years: ${durationForms}`,
      code: 'E701',
    },
  );
}

/** A time limit: fixed, or following the history of the job. */
export function timeLimit(annotation: Annotation) {
  return Type.Union(
    [
      Type.Number({ exclusiveMinimum: 0, maximum: maximumSeconds }),
      Type.String({ pattern: timeLimitPattern, maxLength: 100 }),
      reference<typeof historyLimit>('historyLimit'),
    ],
    {
      unit: 'seconds',
      ...annotation,
      expects: `a time limit: ${durationForms}, or one that follows past runs such as "200%" or "p95*2"`,
      code: 'E702',
    },
  );
}

/** A time limit computed from past successful runs of the same job. */
export const historyLimit = Type.Object(
  {
    history: Type.String({
      pattern: historyPattern,
      description:
        'The limit as a share of the median duration ("200%") or a percentile with a factor ("p95*2").',
      expects: 'text such as "200%" (of the median) or "p95*2"',
      code: 'E702',
      examples: ['200%', 'p95*2'],
      since: 2,
    }),
    floor: Type.Optional(
      positiveDuration({
        description: 'The limit is never below this, however short the past runs were.',
        default: 60,
        since: 2,
      }),
    ),
    fallback: Type.Optional(
      positiveDuration({
        description: 'The limit while the job has no history.',
        defaultText: 'the plain `default_timeout`, else 3 hours',
        since: 2,
      }),
    ),
  },
  {
    title: 'History limit',
    description: 'A time limit that follows the past successful runs of the job.',
    expects: 'a mapping with "history", "floor" and "fallback"',
    additionalProperties: false,
  },
);

export function flag(annotation: Annotation) {
  return Type.Boolean({ ...annotation, expects: 'true or false' });
}

export function text(annotation: Annotation & { readonly minLength?: number }) {
  return Type.String({
    ...annotation,
    expects: annotation.minLength ? 'a text that is not empty' : 'a text',
  });
}

/** The loosest range that still has a meaning; JSON has no other bound on numbers. */
export function wholeNumber(annotation: Annotation & { readonly minimum: number; readonly maximum: number }) {
  const { minimum, maximum } = annotation;
  return Type.Integer({ ...annotation, expects: `a whole number from ${minimum} to ${maximum}` });
}

export function decimalNumber(
  annotation: Annotation & { readonly minimum: number; readonly maximum: number },
) {
  const { minimum, maximum } = annotation;
  return Type.Number({ ...annotation, expects: `a number from ${minimum} to ${maximum}` });
}

export function textList(annotation: Annotation & { readonly of?: string }) {
  const { of = 'texts', ...rest } = annotation;
  return Type.Array(Type.String({ minLength: 1, expects: 'a text that is not empty' }), {
    ...rest,
    expects: `a list of ${of}`,
  });
}

export function exitCodes(annotation: Annotation) {
  return Type.Array(
    Type.Integer({ minimum: -255, maximum: 255, expects: 'an exit code: a whole number from -255 to 255' }),
    { ...annotation, expects: 'a list of exit codes such as [1, 75]' },
  );
}

export function environment(annotation: Annotation) {
  return Type.Record(
    Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }),
    Type.Union(
      [Type.String({ maxLength: 32_768, pattern: '^[^\\u0000]*$' }), Type.Number(), Type.Boolean()],
      {
        expects: 'a text of at most 32768 characters, a number, true or false',
        code: 'E502',
      },
    ),
    {
      ...annotation,
      additionalProperties: false,
      expects: 'a mapping from variable names to texts, such as {"STAGE": "prod"}',
      keyCode: 'E501',
    },
  );
}

export function amounts(annotation: Annotation) {
  return Type.Record(
    Type.String({ pattern: '^[^\\s]+$' }),
    Type.Number({ minimum: 0, maximum: 1_000_000_000, expects: 'a number from 0 to 1000000000' }),
    {
      ...annotation,
      additionalProperties: false,
      expects: 'a mapping from pool names to numbers, such as {"cpu": 4}',
    },
  );
}
