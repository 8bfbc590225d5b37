import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { CommandError, nearest, parseDocument } from '@executioner/core';
import picomatch from 'picomatch';
import type { RuleSetting } from './ruleSetting.ts';
import { ruleSetting } from './ruleSettings.ts';

export const rcName = '.executionerrc';

/** What a settings file says to validate. */
export interface RcSettings {
  /** Absolute. */
  readonly file: string;
  readonly strict: boolean;
  readonly shellcheck: 'auto' | 'on' | 'all' | 'off' | undefined;
  /** What --env will give to the run. */
  readonly env: Readonly<Record<string, string>>;
  /** The severities that hold for a file, by its absolute path. */
  rulesFor(file: string): ReadonlyMap<string, RuleSetting>;
}

/**
 * The settings file that holds for what is in `folder`: the nearest `.executionerrc` there or above.
 *
 * @throws CommandError RC_INVALID when it cannot be used.
 */
export function findRc(folder: string): RcSettings | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const settings = readRc(join(current, rcName), false);
    if (settings !== undefined) return settings;
    if (dirname(current) === current) return undefined;
  }
}

/**
 * Reads a settings file: JSON, with comments if you like, or YAML. Undefined when it is not there and need not be.
 *
 * @throws CommandError RC_INVALID, RC_NOT_FOUND
 */
export function readRc(file: string, isRequired: boolean): RcSettings | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!isRequired && (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR')) return undefined;
    throw new CommandError('RC_NOT_FOUND', `cannot read the settings file "${file}": ${message}`);
  }
  return settingsIn(file, text);
}

function settingsIn(file: string, text: string): RcSettings {
  const { document, diagnostics } = parseDocument({ file, text });
  const invalid = (message: string, hint?: string) =>
    new CommandError('RC_INVALID', `the settings file "${file}" cannot be used: ${message}`, { hint });
  const [problem] = diagnostics.filter(({ severity }) => severity === 'error');
  if (problem !== undefined || document === undefined) {
    const line = problem?.range === undefined ? '' : ` (line ${problem.range.start.line})`;
    throw invalid(`${problem?.message ?? 'it holds nothing'}${line}`, problem?.hint);
  }
  const mapAt = (value: unknown, what: string): Record<string, unknown> => {
    if (value === undefined || value === null) return {};
    if (typeof value !== 'object' || Array.isArray(value)) throw invalid(`${what} must be a map`);
    return value as Record<string, unknown>;
  };
  const onlyKeys = (map: Record<string, unknown>, keys: readonly string[], what: string): void => {
    const unknown = Object.keys(map).find((key) => !keys.includes(key) && !key.startsWith('x_'));
    if (unknown === undefined) return;
    const similar = nearest(unknown, keys);
    throw invalid(
      `${what} has the unknown key "${unknown}"`,
      similar === undefined ? `known are ${keys.join(', ')}` : `did you mean "${similar}"?`,
    );
  };
  const rulesAt = (value: unknown, what: string): [string, RuleSetting][] =>
    Object.entries(mapAt(value, what)).map(([code, setting]) =>
      // YAML reads `off` as a text in its newer version and as false in its older one.
      ruleSetting(code, setting === false ? 'off' : String(setting), `${what} in "${file}"`),
    );

  const settings = mapAt(mapAt(document.value, 'it').validate, '"validate"');
  onlyKeys(settings, ['strict', 'shellcheck', 'rules', 'env', 'overrides'], '"validate"');
  const { strict, overrides = [] } = settings;
  const shellcheck = { false: 'off', true: 'on' }[String(settings.shellcheck)] ?? settings.shellcheck;
  if (strict !== undefined && typeof strict !== 'boolean') throw invalid('"strict" must be true or false');
  if (
    shellcheck !== undefined &&
    shellcheck !== 'auto' &&
    shellcheck !== 'on' &&
    shellcheck !== 'all' &&
    shellcheck !== 'off'
  ) {
    throw invalid('"shellcheck" must be auto, on, all or off');
  }
  const general = rulesAt(settings.rules, '"rules"');
  if (!Array.isArray(overrides)) throw invalid('"overrides" must be a list');
  const parts = overrides.map((entry: unknown, index) => {
    const override = mapAt(entry, `entry ${index + 1} of "overrides"`);
    onlyKeys(override, ['files', 'rules'], `entry ${index + 1} of "overrides"`);
    const files = [override.files].flat().filter((pattern) => typeof pattern === 'string');
    if (files.length === 0) throw invalid(`entry ${index + 1} of "overrides" names no "files"`);
    return { matches: picomatch(files, { dot: true }), rules: rulesAt(override.rules, '"rules"') };
  });
  const env = Object.entries(mapAt(settings.env, '"env"')).map(
    ([name, value]) => [name, String(value)] as const,
  );
  return {
    file,
    strict: strict ?? false,
    shellcheck,
    env: Object.fromEntries(env),
    rulesFor(path) {
      const name = relative(dirname(file), path);
      return new Map([
        ...general,
        ...parts.filter(({ matches }) => matches(name)).flatMap(({ rules }) => rules),
      ]);
    },
  };
}
