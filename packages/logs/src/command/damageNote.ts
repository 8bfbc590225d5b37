import type { CommandContext } from '@executioner/core';

/** Tells of a file that could not be read to its end. */
export function damageNote({ warn }: Pick<CommandContext, 'warn'>): (file: string, error: Error) => void {
  return (file, { message }) => warn(`${file}: cannot be read to its end: ${message}`);
}
