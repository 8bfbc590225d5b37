import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CommandError } from '@executioner/core';

/**
 * Where ShellCheck is; undefined when it is not wanted, or not installed and not insisted upon.
 *
 * @throws CommandError SHELLCHECK_MISSING when `on` is asked for and it is not installed.
 */
export function shellCheckPath(
  wish: string,
  { PATH = '' }: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (wish === 'off') return undefined;
  const found = PATH.split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'shellcheck'))
    .find(isExecutable);
  if (found === undefined && wish === 'on') {
    throw new CommandError('SHELLCHECK_MISSING', 'ShellCheck is not in the PATH', {
      hint: 'install it (apt-get install shellcheck, brew install shellcheck), or leave --shellcheck on away',
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
