import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { CommandError, type Configuration, type Job } from '@executioner/core';
import { definitionHasher, stateKey } from '../history/index.ts';
import {
  type Durability,
  type FirstEvents,
  type JournalCalls,
  type JournalState,
  type JournalWriter,
  openJournal,
} from '../journal/index.ts';
import { type Masker, maskDeep } from '../output/index.ts';
import {
  attemptFiles,
  createRun,
  type RunFolder,
  removeUnfinished,
  stateFolder,
  storeAttemptFile,
} from '../runs/index.ts';
import type { Succession } from './succession.ts';

/** The folder of a run whose first attempt is claimed. */
export interface Workplace {
  readonly folder: RunFolder;
  /** Absolute. */
  readonly stateFolder: string;
  /** Different for each state folder: runs of the same number there must not take each other's processes for their own. */
  readonly tokenSalt: string;
  /** Names the definition of a job; hashes of one state folder can be compared. */
  readonly definitionHash: (job: Job) => string;
  /**
   * Opens the journal, with its first events if they are given: the claim on the attempt.
   *
   * @throws CommandError `ATTEMPT_CLAIMED` when somebody else was faster.
   */
  openJournal(
    jobIds: readonly string[],
    onState: (state: JournalState) => void,
    first?: FirstEvents,
  ): JournalWriter;
}

export interface WorkplaceOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stateFolder?: string | undefined;
  readonly durability?: Durability | undefined;
  readonly journalCalls?: JournalCalls | undefined;
  readonly masker: Masker;
  /** A resume: the run has a folder. */
  readonly succession?: Pick<Succession, 'folder' | 'attempt' | 'firstSeq'> | undefined;
}

/**
 * Makes the folder of a new run, or takes that of the run to resume, and keeps the configuration in it, secrets masked.
 *
 * @throws CommandError `STATE_FOLDER` when that is not possible.
 */
export function prepareWorkplace(configuration: Configuration, options: WorkplaceOptions): Workplace {
  const { environment, masker, durability, journalCalls, succession } = options;
  const home = environment.HOME ?? homedir();
  const state = resolve(options.stateFolder ?? stateFolder({ env: environment, home }));
  const folder = succession?.folder ?? attempted(state, () => createRun(state));
  const { attempt, firstSeq } = succession ?? { attempt: 1, firstSeq: 1 };
  const files = attemptFiles(folder.path, attempt);
  const storeConfiguration = () =>
    attempted(state, () => storeAttemptFile(files.config, maskDeep(configuration, masker)));
  if (succession === undefined) storeConfiguration();
  const key = attempted(state, () => stateKey(state));
  return {
    folder,
    stateFolder: state,
    definitionHash: definitionHasher(key, configuration),
    tokenSalt: `.${createHash('sha256').update(realpathSync(state)).digest('hex').slice(0, 8)}`,
    openJournal(jobIds, onState, first) {
      const opened = openJournal({
        path: files.journal,
        run: folder.run,
        attempt,
        firstSeq,
        jobIds,
        onState,
        ...(first === undefined ? {} : { first }),
        ...(durability === undefined ? {} : { durability }),
        ...(journalCalls === undefined ? {} : { calls: journalCalls }),
      });
      if (!opened.ok && opened.error.code === 'EEXIST') throw attemptClaimed(folder.run, attempt);
      if (!opened.ok) throw stateFolderError(state, opened.error);
      if (succession !== undefined) {
        // Only now: the configuration beside a claimed attempt is that of the one who claimed it.
        storeConfiguration();
        attempted(state, () => removeUnfinished(folder.path, attempt));
      }
      return opened.journal;
    },
  };
}

function attemptClaimed(run: number, attempt: number): CommandError {
  return new CommandError(
    'ATTEMPT_CLAIMED',
    `somebody else has just begun attempt ${attempt} of run ${run}`,
    {
      hint: 'let that one end; then see whether anything is left to resume',
    },
  );
}

function attempted<T>(state: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw stateFolderError(state, error as Error);
  }
}

function stateFolderError(state: string, { message }: { readonly message: string }): CommandError {
  return new CommandError('STATE_FOLDER', `runs cannot be recorded in "${state}": ${message}`, {
    hint: 'name a folder you may write to with the environment variable EXECUTIONER_HOME',
  });
}
