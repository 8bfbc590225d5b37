import type { Diagnostic, LoadResult } from '@executioner/core';
import type { RuleSetting } from '../validate.ts';
import { knownCodes } from './knownCodes.ts';
import { covers, type Suppression, suppressionsIn } from './suppressions.ts';

/**
 * The diagnostics as they are to be reported: with the severities of the settings, without what is switched off or
 * suppressed in the files, and with remarks on suppressions that are wrong or needless.
 */
export function settle(
  diagnostics: readonly Diagnostic[],
  { documents }: LoadResult,
  settings: ReadonlyMap<string, RuleSetting> = new Map(),
): Diagnostic[] {
  const suppressions = [...documents.values()].flatMap(suppressionsIn);
  const used = new Map<Suppression, Set<string>>();
  const told = diagnostics.filter((diagnostic) => {
    if (isSwitchedOff(diagnostic, settings)) return false;
    if (isBinding(diagnostic.code)) return true;
    const own = suppressions.filter((suppression) => covers(suppression, diagnostic));
    for (const suppression of own) {
      const codes = used.get(suppression) ?? new Set();
      used.set(suppression, codes.add(diagnostic.code).add(/^SC\d+/.exec(diagnostic.message)?.[0] ?? ''));
    }
    return own.length === 0;
  });
  const remarks = suppressions
    .flatMap((suppression) => remarksOn(suppression, used.get(suppression) ?? new Set()))
    .filter((diagnostic) => !isSwitchedOff(diagnostic, settings));
  return [...told, ...remarks].map((diagnostic) => {
    const setting = settings.get(diagnostic.code);
    return setting === undefined || setting === 'off' ? diagnostic : { ...diagnostic, severity: setting };
  });
}

function isBinding(code: string): boolean {
  return knownCodes.get(code)?.isBinding ?? false;
}

function isSwitchedOff({ code, message }: Diagnostic, settings: ReadonlyMap<string, RuleSetting>): boolean {
  if (settings.size === 0) return false;
  if (settings.get(code) === 'off') return true;
  const shellCheck = code.endsWith('409') ? /^SC\d+/.exec(message)?.[0] : undefined;
  return shellCheck !== undefined && settings.get(shellCheck) === 'off';
}

function remarksOn({ file, codes, range }: Suppression, used: ReadonlySet<string>): Diagnostic[] {
  const unknown = codes.filter((code) => !/^SC\d+$/.test(code) && (!knownCodes.has(code) || isBinding(code)));
  if (codes.length === 0 || unknown.length > 0) {
    const why =
      codes.length === 0
        ? 'this ignores nothing: it names no code'
        : isBinding(unknown[0]!)
          ? `${unknown[0]} cannot be ignored: a run refuses such a file`
          : `there is no code ${unknown[0]} to ignore`;
    return [
      {
        code: 'W217',
        severity: 'warning',
        message: why,
        file,
        range,
        hint: 'write the codes behind it: executioner-ignore W401',
      },
    ];
  }
  const needless = codes.filter((code) => !used.has(code));
  if (needless.length === 0) return [];
  return [
    {
      code: 'I218',
      severity: 'info',
      message: `${needless.join(', ')} is not reported here, so there is nothing to ignore`,
      file,
      range,
      hint: 'remove it',
    },
  ];
}
