import { type CommandContext, CommandError, exitCodes } from '@executioner/core';
import { openLog } from '../input/openLog.ts';
import { type LogInput, minePatterns } from '../patterns/index.ts';
import { writeLineTable } from '../patterns/render/lineTable.ts';
import { patternTable } from '../patterns/render/patternTable.ts';
import type { LogsArguments } from './actions.ts';

/** `logs patterns FILE…`: the kinds of lines that logs have. */
export async function patternsAction(args: LogsArguments, context: CommandContext): Promise<number> {
  if (args.files.length === 0)
    throw new CommandError('USAGE', 'which log?', { hint: 'name a file: logs patterns run_123.log' });
  const inputs: LogInput[] = [];
  for (const file of args.files) inputs.push(await openLog(file, context.io));
  const mined = await minePatterns(inputs, { raw: args.raw });
  const { patterns, lines } = mined;
  switch (context.format) {
    case 'csv':
      await writeCsv(mined, inputs.length > 1, context);
      break;
    case 'json':
      await context.writeResult(`${JSON.stringify({ lines, patterns }, undefined, 2)}\n`);
      break;
    default: {
      const { colors, columns } = context;
      await context.writeResult(patternTable({ patterns, lines }, { colors, columns, limit: args.limit }));
    }
  }
  return exitCodes.done;
}

/** A table with a row for each line may be larger than memory: without `-o` it is written while it is made. */
async function writeCsv(
  mined: Awaited<ReturnType<typeof minePatterns>>,
  withFile: boolean,
  { io, output, writeResult }: CommandContext,
): Promise<void> {
  if (output === undefined) {
    const write = async (text: string): Promise<void> => {
      io.stdout.write(text);
      await io.stdout.drained();
    };
    return await writeLineTable(mined, { withFile, write });
  }
  const pieces: Buffer[] = [];
  await writeLineTable(mined, {
    withFile,
    write: async (text) => {
      pieces.push(Buffer.from(text));
    },
  });
  await writeResult(Buffer.concat(pieces));
}
