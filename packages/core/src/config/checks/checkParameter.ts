import { nearest } from '../../diagnostics/suggest.ts';
import { parseDuration } from '../duration.ts';
import { parseSize } from '../size.ts';

/** What a parameter of a check takes. Numbers, durations and sizes may be written as text, which `${NAME}` makes of them. */
export type CheckParameterType =
  | 'string'
  | 'number'
  | 'boolean'
  | 'duration'
  | 'size'
  | 'port'
  | 'pattern'
  | 'url'
  | 'names'
  | 'statuses'
  | 'texts';

export interface CheckParameter {
  readonly name: string;
  readonly type: CheckParameterType;
  readonly optional?: boolean;
  readonly description: string;
}

/** The parameters of a kind of check. */
export interface CheckParameters {
  readonly name: string;
  /** In the order of the reference; every one that is not `optional` must be given. */
  readonly parameters: readonly CheckParameter[];
  /** Optional parameters of which exactly one must be given. */
  readonly oneOf?: readonly string[];
}

/** What is wrong with the parameters given to a check. */
export interface ParameterProblem {
  readonly kind: 'missing' | 'unknown' | 'unusable';
  /** The parameter; of several that could be missing the first. */
  readonly parameter: string;
  /** One sentence without a final full stop. */
  readonly message: string;
  readonly hint?: string;
}

interface TypeRule {
  /** Follows "must be". */
  readonly expects: string;
  readonly isUsable: (value: unknown) => boolean;
}

const typeRules: Readonly<Record<CheckParameterType, TypeRule>> = {
  string: { expects: 'a string', isUsable: (value) => typeof value === 'string' },
  number: { expects: 'a number', isUsable: (value) => toNumber(value) !== undefined },
  boolean: {
    expects: 'true or false',
    isUsable: (value) => typeof value === 'boolean' || value === 'true' || value === 'false',
  },
  duration: {
    expects: 'a duration: seconds, or text such as "90s", "15m" or "2h30m"',
    isUsable: (value) => parseDuration(toNumber(value) ?? (value as string)) !== undefined,
  },
  size: {
    expects: 'a size: bytes, or text such as "500MB" or "2GiB"',
    isUsable: (value) => parseSize(value) !== undefined,
  },
  port: { expects: 'a port from 1 to 65535', isUsable: isPort },
  pattern: {
    expects: 'a regular expression',
    isUsable: (value) => typeof value === 'string' && isPattern(value),
  },
  url: { expects: 'an address that begins with http:// or https://', isUsable: isHttpAddress },
  names: { expects: 'a name or a list of names', isUsable: isNameOrNames },
  statuses: { expects: 'a status from 100 to 599 or a list of them', isUsable: isStatusOrStatuses },
  texts: { expects: 'a mapping from names to texts', isUsable: isMapOfTexts },
};

/** What a parameter of this type must be, as it follows the word "must be". */
export function expectedOf(type: CheckParameterType): string {
  return typeRules[type].expects;
}

/**
 * What is wrong with `params`, in the order of the parameters, unknown ones last; empty when a check can run with them.
 * Texts that hold a `${NAME}` are taken to be right where a text can become what is needed.
 */
export function parameterProblems(
  check: CheckParameters,
  params: Readonly<Record<string, unknown>>,
): ParameterProblem[] {
  const isGiven = (name: string) => Object.hasOwn(params, name) && params[name] !== undefined;
  return [
    ...check.parameters
      .filter(({ name, optional }) => optional !== true && !isGiven(name))
      .map(({ name, type }) => missing(check.name, name, type)),
    ...choiceProblems(check, isGiven),
    ...check.parameters
      .filter(({ name, type }) => isGiven(name) && !isUsable(params[name], type))
      .map(({ name, type }) => unusable(check.name, name, type, params[name])),
    ...Object.keys(params)
      .filter((name) => !check.parameters.some((parameter) => parameter.name === name))
      .map((name) => unknown(check, name)),
  ];
}

function choiceProblems(
  { name, oneOf = [] }: CheckParameters,
  isGiven: (name: string) => boolean,
): ParameterProblem[] {
  if (oneOf.length === 0) return [];
  const given = oneOf.filter(isGiven);
  const choice = oneOf.map((one) => `"${one}"`);
  if (given.length === 1) return [];
  if (given.length === 0) {
    const message = `${name} needs the parameter ${choice.join(' or ')}`;
    return [{ kind: 'missing', parameter: oneOf[0]!, message }];
  }
  const message = `${name} takes only one of the parameters ${choice.join(' and ')}`;
  return [{ kind: 'unusable', parameter: given[1]!, message }];
}

function isUsable(value: unknown, type: CheckParameterType): boolean {
  const { isUsable: rule } = typeRules[type];
  return rule(value) || (typeof value === 'string' && /\$\{[A-Za-z_]/.test(value) && type !== 'texts');
}

function missing(check: string, parameter: string, type: CheckParameterType): ParameterProblem {
  return {
    kind: 'missing',
    parameter,
    message: `${check} needs the parameter "${parameter}"`,
    hint: `add "${parameter}" to its "params": ${expectedOf(type)}`,
  };
}

function unusable(
  check: string,
  parameter: string,
  type: CheckParameterType,
  value: unknown,
): ParameterProblem {
  const message = `the parameter "${parameter}" of ${check} must be ${expectedOf(type)}, not ${JSON.stringify(value)}`;
  return { kind: 'unusable', parameter, message };
}

function unknown({ name, parameters }: CheckParameters, parameter: string): ParameterProblem {
  const names = parameters.map((known) => known.name);
  const near = nearest(parameter, names);
  const known =
    names.length === 0 ? 'it takes none' : `it takes ${names.map((one) => `"${one}"`).join(', ')}`;
  return {
    kind: 'unknown',
    parameter,
    message: `${name} has no parameter "${parameter}"`,
    hint: near === undefined ? known : `did you mean "${near}"?`,
  };
}

function toNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function isPort(value: unknown): boolean {
  const port = toNumber(value);
  return port !== undefined && Number.isInteger(port) && port >= 1 && port <= 65_535;
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}

function isHttpAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\/[^\s/]/i.test(value) && URL.canParse(value);
}

function isNameOrNames(value: unknown): boolean {
  const isName = (one: unknown) => typeof one === 'string' && one !== '';
  return isName(value) || (Array.isArray(value) && value.length > 0 && value.every(isName));
}

function isStatusOrStatuses(value: unknown): boolean {
  const isStatus = (one: unknown) => {
    const status = toNumber(one);
    return status !== undefined && Number.isInteger(status) && status >= 100 && status <= 599;
  };
  return isStatus(value) || (Array.isArray(value) && value.length > 0 && value.every(isStatus));
}

function isMapOfTexts(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((one) => typeof one === 'string')
  );
}
