import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CommandError } from '@executioner/core';

export type ShellCheckWish = 'auto' | 'on' | 'all' | 'off';

/** Of how many different commands of a workflow ShellCheck is asked about unless all are wished for: it needs a second for them. */
export const usualShellCheckLimit = 500;

/**
 * Where ShellCheck is; undefined when it is not wanted, or not installed and not insisted upon.
 *
 * @throws CommandError SHELLCHECK_MISSING when `on` or `all` is asked for and it is not installed.
 */
export function shellCheckPath(
  wish: ShellCheckWish,
  { PATH = '' }: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (wish === 'off') return undefined;
  const found = PATH.split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'shellcheck'))
    .find(isExecutable);
  if (found === undefined && wish !== 'auto') {
    throw new CommandError('SHELLCHECK_MISSING', 'ShellCheck is not in the PATH', {
      hint: 'install it (apt-get install shellcheck, brew install shellcheck), or leave --shellcheck away',
    });
  }
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
