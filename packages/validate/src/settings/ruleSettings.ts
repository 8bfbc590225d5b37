import { CommandError } from '@executioner/core';
import { knownCodes, similarCode } from './knownCodes.ts';
import type { RuleSetting } from './ruleSetting.ts';

const settings: readonly string[] = ['error', 'warning', 'info', 'off'];

/**
 * Reads `W401=off` and the like, from --rule or a settings file. Numbers of ShellCheck can only be switched off.
 *
 * @throws CommandError RULE_SETTING with what is wrong; `where` says in what.
 */
export function ruleSetting(code: string, setting: string, where: string): [string, RuleSetting] {
  const name = code.trim().toUpperCase();
  const wish = setting
    .trim()
    .toLowerCase()
    .replace(/^warn$/, 'warning');
  const fail = (message: string, hint: string) =>
    new CommandError('RULE_SETTING', `${where}: ${message}`, { hint });
  if (!settings.includes(wish))
    throw fail(`"${setting}" is no severity of ${name}`, `use ${settings.join(', ')}`);
  if (/^SC\d+$/.test(name)) {
    if (wish === 'off') return [name, 'off'];
    throw fail(`${name} can only be switched off`, `write ${name}=off, or set I409 or W409 as a whole`);
  }
  const known = knownCodes.get(name);
  if (known === undefined) {
    const similar = similarCode(name);
    throw fail(
      `there is no code "${code}"`,
      similar === undefined ? '--list-rules lists all codes' : `did you mean ${similar}?`,
    );
  }
  if (known.isBinding && wish !== 'error') {
    throw fail(
      `${name} cannot be changed to "${wish}": a run refuses such a file`,
      `mend it; --explain ${name} tells how`,
    );
  }
  return [name, wish as RuleSetting];
}

/** Reads the values of --rule. @throws CommandError RULE_SETTING */
export function ruleSettings(values: readonly string[]): Map<string, RuleSetting> {
  return new Map(
    values.map((value) => {
      const [code = '', setting, ...rest] = value.split('=');
      if (setting === undefined || rest.length > 0) {
        throw new CommandError('RULE_SETTING', `"${value}" in --rule is not CODE=SEVERITY`, {
          hint: 'write --rule W401=off',
        });
      }
      return ruleSetting(code, setting, '--rule');
    }),
  );
}
