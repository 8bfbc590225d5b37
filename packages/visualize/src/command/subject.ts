import { dirname } from 'node:path';
import { type CommandContext, CommandError, type Configuration } from '@executioner/core';
import {
  attemptFiles,
  attempts,
  estimatesFor,
  loadWorkflow,
  readAttemptFile,
  selectJobs,
  stateFolderOf,
} from '@executioner/engine';
import type { RunReport } from '@executioner/report';
import type { PictureOptions, PictureSource } from '../picture/buildPicture.ts';
import type { RecordedRun } from './recordedRun.ts';
import type { VisualizeOptions } from './visualizeOptions.ts';

/** What is to be drawn, and what is known of it. */
export interface Subject {
  readonly source: PictureSource;
  readonly options: Pick<PictureOptions, 'only' | 'estimatesMs' | 'report' | 'logs'>;
}

/**
 * Reads the workflow, the run, or both. Undefined when the configuration or the selection is wrong, which is then shown.
 *
 * @throws CommandError when neither is named, or the run or log cannot be read
 */
export async function findSubject(
  wanted: Pick<VisualizeOptions, 'workflow' | 'run' | 'fromLog' | 'select'>,
  context: CommandContext,
): Promise<Subject | undefined> {
  const recorded = await runOf(wanted, context);
  const source = await sourceOf(wanted.workflow, recorded, context);
  if (source === undefined) return undefined;
  const { report } = recorded ?? {};
  const statuses =
    report === undefined ? undefined : new Map(report.jobs.map(({ id, status }) => [id, status]));
  const only =
    wanted.select === undefined
      ? undefined
      : selectJobs(
          wanted.select,
          { jobs: source.jobs as Configuration['jobs'], ...(statuses === undefined ? {} : { statuses }) },
          context,
        );
  if (wanted.select !== undefined && only === undefined) return undefined;
  if (report !== undefined) warnOfStrangers(report, source, context);
  const estimates = isConfiguration(source) ? await estimatesOf(source, context) : undefined;
  return {
    source,
    options: {
      ...(only === undefined ? {} : { only: new Set(only) }),
      ...(report === undefined ? {} : { report }),
      ...(recorded === undefined
        ? {}
        : { logs: (await import('./logExcerpts.ts')).logExcerpts(recorded, source) }),
      ...(estimates === undefined ? {} : { estimatesMs: estimates }),
    },
  };
}

/** Most pictures are of a workflow alone: what reads journals and logs is loaded for those of a run. */
async function runOf(
  wanted: Pick<VisualizeOptions, 'run' | 'fromLog'>,
  context: CommandContext,
): Promise<RecordedRun | undefined> {
  if (wanted.run === undefined && wanted.fromLog === undefined) return undefined;
  return (await import('./recordedRun.ts')).recordedRun(wanted, context);
}

async function sourceOf(
  workflow: string | undefined,
  recorded: RecordedRun | undefined,
  context: CommandContext,
): Promise<PictureSource | undefined> {
  if (workflow !== undefined) return (await loadWorkflow(workflow, context))?.configuration;
  if (recorded === undefined) {
    throw new CommandError('NOTHING_TO_DRAW', 'there is nothing to draw', {
      hint: 'name a workflow file, a run with --run N, or a log with --from-log FILE',
    });
  }
  const stored = recorded.journals.length === 0 ? undefined : storedConfiguration(recorded.journals.at(-1)!);
  if (stored !== undefined) return stored;
  context.warn('the log does not tell what depends on what: name the workflow file too to see it');
  return sourceOfReport(recorded);
}

/** The configuration stored beside the journals of a run, secrets masked; undefined when there is none. */
function storedConfiguration(journal: string): Configuration | undefined {
  const folder = dirname(journal);
  const latest = attempts(folder).at(-1);
  if (latest === undefined) return undefined;
  return readAttemptFile(attemptFiles(folder, latest).config) as Configuration | undefined;
}

/** All that a log alone tells of a workflow: its jobs, in the order of starting, and which failure made which be skipped. */
function sourceOfReport({ report, commands }: RecordedRun): PictureSource {
  const known = new Set(report.jobs.map(({ id }) => id));
  return {
    applicationName: report.application,
    description: '',
    file: '-',
    areDependenciesKnown: false,
    jobs: report.jobs.map(({ id, because }) => ({
      id,
      command: commands.get(id) ?? '',
      description: '',
      dependencies:
        because !== undefined && known.has(because) ? [{ job: because, when: 'success' as const }] : [],
      tags: [],
      enabled: true,
    })),
  };
}

function isConfiguration(source: PictureSource): source is Configuration {
  return 'workingDir' in source;
}

async function estimatesOf(
  configuration: Configuration,
  context: CommandContext,
): Promise<ReadonlyMap<string, number>> {
  const { clock } = context.io;
  const options = { stateFolder: stateFolderOf(context.io), nowMs: () => clock.nowMs() };
  return (await estimatesFor(configuration, options)).estimatesMs;
}

/** A log of another workflow colours nothing: that should not pass for a run in which nothing ran. */
function warnOfStrangers(report: RunReport, source: PictureSource, { warn }: CommandContext): void {
  const known = new Set(source.jobs.map(({ id }) => id));
  const strangers = report.jobs.filter(({ id }) => !known.has(id));
  if (strangers.length === 0) return;
  const names = strangers.slice(0, 3).map(({ id }) => `"${id}"`);
  const rest = strangers.length > 3 ? ` and ${strangers.length - 3} more` : '';
  const all =
    strangers.length === report.jobs.length
      ? 'none of the jobs of the run is'
      : `${names.join(', ')}${rest} of the run are not`;
  warn(`${all} in the workflow that is drawn`);
}
