import type { Environment } from '../interpolate/index.ts';
import { CommandError } from './commandError.ts';

/**
 * Reads the values of `--env`: `NAME=value`, several parted by commas. A part after a comma that is no assignment itself
 * belongs to the value before it, so `LIST=a,b` and `A=1,B=2` both mean what they seem to.
 *
 * @throws CommandError `ENV_ASSIGNMENT` for a value that is no assignment.
 */
export function parseAssignments(values: readonly string[]): Environment {
  const variables: Record<string, string> = {};
  for (const value of values) {
    let name: string | undefined;
    for (const part of value.replace(/,\s*$/, '').split(',')) {
      const assignment = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(part);
      if (assignment !== null) {
        name = assignment[1]!;
        variables[name] = assignment[2]!;
      } else if (name !== undefined) {
        variables[name] += `,${part}`;
      } else {
        throw new CommandError('ENV_ASSIGNMENT', `"${part}" in --env is not NAME=value`, {
          hint: 'write --env NAME=value, or --env A=1,B=2 for several',
        });
      }
    }
  }
  return variables;
}
