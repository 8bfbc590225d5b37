import { builtIn } from './builtIn.ts';

/** Looks at the environment of the job. Values stay out of the result: they may be secret. */
export const envSet = builtIn('env_set', ({ name, value }, { environment }) => {
  const names = (Array.isArray(name) ? name : [name]) as string[];
  const found = (one: string) => (Object.hasOwn(environment, one) ? environment[one] : undefined);
  const unset = names.filter((one) => found(one) === undefined);
  const empty = value === undefined ? names.filter((one) => found(one) === '') : [];
  const different =
    value === undefined ? [] : names.filter((one) => found(one) !== undefined && found(one) !== value);
  const reasons = [
    ...unset.map((one) => `${one} is not set`),
    ...empty.map((one) => `${one} is empty`),
    ...different.map((one) => `${one} has another value`),
  ];
  const values = { names, unset, empty, ...(value === undefined ? {} : { different }) };
  const state = value === undefined ? 'set' : 'set as expected';
  return reasons.length === 0
    ? { ok: true, values, message: `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} ${state}` }
    : { ok: false, values, message: reasons.join(', ') };
});
