import { type CommandContext, CommandError, exitCodeOfSignal } from '@executioner/core';
import { displayName } from './displayName.ts';
import type { ValidateArguments } from './validateArguments.ts';
import { type ValidationReport, validateOnce } from './validateOnce.ts';

/** Changes that come together, as when an editor writes a file by renaming another, are one change. */
const settleMs = 60;

/** Validates now and whenever a file that was read changes, until a signal; returns the exit code of that. */
export async function watchFiles(args: ValidateArguments, context: CommandContext): Promise<number> {
  const { io } = context;
  const { watch } = await import('chokidar');
  const first = await validateOnce(args, context);
  const watcher = watch(watchedFiles(first), { ignoreInitial: true, awaitWriteFinish: false });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  let timer: NodeJS.Timeout | undefined;

  const show = async (report: ValidationReport): Promise<void> => {
    if (io.stdout.isTTY) io.stdout.write('\u001b[2J\u001b[H');
    await context.writeResult(report.text);
    context.note(
      `watching ${report.files.length} ${report.files.length === 1 ? 'file' : 'files'}; Ctrl-C ends it`,
    );
  };
  const again = async (file: string): Promise<void> => {
    context.note(`${displayName(io.cwd)(file)} changed`);
    try {
      const report = await validateOnce(args, context);
      watcher.add(watchedFiles(report));
      await show(report);
    } catch (error) {
      // While a file is being replaced it may be away for a moment: the next change validates again.
      if (!(error instanceof CommandError)) throw error;
      context.warn(error.message);
    }
  };
  return await new Promise<number>((resolve, reject) => {
    watcher.on('all', (_event, file) => {
      clearTimeout(timer);
      timer = setTimeout(() => void again(file).catch(reject), settleMs);
    });
    const stopListening = io.onSignal((signal) => {
      stopListening();
      clearTimeout(timer);
      void watcher.close().then(() => resolve(exitCodeOfSignal(signal)), reject);
    });
    // What has changed before the watcher was ready it has not seen.
    validateOnce(args, context).then(show).catch(reject);
  });
}

function watchedFiles({ files }: ValidationReport): string[] {
  return files.filter((file) => file !== '-');
}
