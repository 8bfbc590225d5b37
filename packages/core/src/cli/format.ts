import type { FormatTable } from './command.ts';
import { CommandError } from './commandError.ts';

export interface FormatRequest {
  readonly format?: string | undefined;
  readonly json?: boolean | undefined;
  readonly output?: string | undefined;
}

/**
 * The format to write: the one asked for, else the one the output file's ending implies, else the first of the table.
 *
 * @throws CommandError FORMAT_CONFLICT if `--json` and `--format` disagree, FORMAT_UNKNOWN for a file ending of
 * no format
 */
export function chooseFormat(formats: FormatTable, { format, json, output }: FormatRequest): string {
  if (json === true && format !== undefined && format !== 'json') {
    throw new CommandError('FORMAT_CONFLICT', `options --json and --format ${format} contradict each other`);
  }
  if (json === true) return 'json';
  if (format !== undefined) return format;
  const first = Object.keys(formats)[0]!;
  const ending = /[^/]+(\.[A-Za-z0-9]+)$/.exec(output ?? '')?.[1]?.toLowerCase();
  if (ending === undefined) return first;
  const implied = Object.keys(formats).find((name) => formats[name]!.endings?.includes(ending));
  if (implied !== undefined) return implied;
  const endings = Object.values(formats).flatMap((spec) => spec.endings ?? []);
  throw new CommandError(
    'FORMAT_UNKNOWN',
    `cannot tell the format of "${output}": no format ends in ${ending}`,
    {
      hint: `use ${endings.join(', ')}, or say it with --format`,
    },
  );
}
