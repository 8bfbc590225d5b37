import type { Diagnostic } from '@executioner/core';
import { knownCodes } from './knownCodes.ts';
import type { RuleSetting } from './ruleSetting.ts';
import type { Suppression, Suppressions } from './suppressions.ts';

/**
 * The diagnostics as they are to be reported: with the severities of the settings, without what is switched off or
 * suppressed in the files, and with remarks on suppressions that are wrong or needless.
 */
export function settle(
  diagnostics: readonly Diagnostic[],
  suppressions: Suppressions,
  settings: ReadonlyMap<string, RuleSetting> = new Map(),
): Diagnostic[] {
  const told = diagnostics.filter((diagnostic) => {
    const codes = namesOf(diagnostic);
    if (codes.some((code) => settings.get(code) === 'off')) return false;
    if (isBinding(diagnostic.code)) return true;
    return !suppressions.cover(codes, diagnostic.file, diagnostic.range?.start.offset ?? 0);
  });
  const remarks = suppressions.all
    .flatMap((suppression) => remarksOn(suppression, suppressions.needless(suppression)))
    .filter(({ code }) => settings.get(code) !== 'off');
  return [...told, ...remarks].map((diagnostic) => {
    const setting = settings.get(diagnostic.code);
    return setting === undefined || setting === 'off' ? diagnostic : { ...diagnostic, severity: setting };
  });
}

/** The code of a finding and, when ShellCheck made it, its number there. */
function namesOf({ code, message }: Diagnostic): string[] {
  const shellCheck = code.endsWith('409') ? /^SC\d+/.exec(message)?.[0] : undefined;
  return shellCheck === undefined ? [code] : [code, shellCheck];
}

function isBinding(code: string): boolean {
  return knownCodes.get(code)?.isBinding ?? false;
}

function remarksOn({ file, codes, range }: Suppression, needless: readonly string[]): Diagnostic[] {
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
