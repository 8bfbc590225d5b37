import { type CommandContext, exitCodes } from '@executioner/core';
import { settingsOf } from './inputSettings.ts';
import { findInputs } from './inputs.ts';
import { namedFiles, type ValidateArguments } from './validateArguments.ts';
import { validateOnce } from './validateOnce.ts';

/** Validates what the command line names, writes the report, and returns the exit code. */
export async function validateFiles(args: ValidateArguments, context: CommandContext): Promise<number> {
  if (args.watch) {
    const { watchFiles } = await import('./watchFiles.ts');
    return await watchFiles(args, context);
  }
  const { fix, dryRun } = args;
  if (fix) {
    const { fixInputs } = await import('./fixInputs.ts');
    const outcome = await fixInputs(
      await findInputs(namedFiles(args), context.io),
      settingsOf(args, context),
      {
        isDryRun: dryRun,
        followsSuggestions: args.unsafe,
        context,
      },
    );
    if (outcome.isAnswered) return exitCodes.done;
  }
  const report = await validateOnce(args, context);
  await context.writeResult(report.text);
  return report.exitCode;
}
