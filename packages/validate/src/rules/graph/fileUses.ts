import type { ShellWord } from '../../shell/word.ts';
import { production } from '../commands/production.ts';
import type { FindingPlace } from '../findingPlace.ts';
import type { JobCheck } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';

/** A file that a job says it makes or needs, in its command or in "outputs" and "inputs". */
export interface FileUse {
  readonly path: string;
  /** As it is written. */
  readonly written: string;
  readonly job: JobSubject;
  /** What names it: a word of the command, or an entry of a list. */
  readonly by: ShellWord | { readonly key: 'inputs' | 'outputs'; readonly index: number };
}

/** What jobs that may run at the same time write and read; kept with `Subject.gather`. */
export function fileUses(subject: Subject): FileUses {
  return new FileUses(subject);
}

export class FileUses implements JobCheck {
  /** By path: those that write it from its beginning. */
  readonly writes = new Map<string, FileUse[]>();
  /** Those that read what is there by then. */
  readonly reads: FileUse[] = [];
  readonly #subject: Subject;

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  job(job: JobSubject): void {
    const { inputs, outputs, enabled } = job.job;
    const redirections = job.facts?.redirections ?? [];
    if (!enabled || (redirections.length === 0 && inputs.length === 0 && outputs.length === 0)) return;
    for (const { kind, appends, target, folder, isConditional, isTolerated } of redirections) {
      const written = job.textOf(target);
      if (written === undefined || isConditional || isTolerated || appends) continue;
      const path = job.resolve(written, folder);
      // What an earlier program of the same command may have made is waited for.
      if (kind === 'read' && path !== undefined && this.#isOwn(job, path, target)) continue;
      this.#note(kind, written, path, job, target);
    }
    const start = job.folder;
    if (start === undefined || (inputs.length === 0 && outputs.length === 0)) return;
    for (const [kind, key, paths] of [
      ['read', 'inputs', inputs],
      ['write', 'outputs', outputs],
    ] as const) {
      paths.forEach((written, index) => {
        const path = this.#subject.host.resolve(start, written);
        this.#note(kind, written, path, job, { key, index });
      });
    }
  }

  #isOwn(job: JobSubject, path: string, { start }: ShellWord): boolean {
    const makes = this.#subject.once(production);
    return makes.isMadeByItself(job, path, { offset: start, isRelative: true });
  }

  #note(
    kind: 'read' | 'write',
    written: string,
    path: string | undefined,
    job: JobSubject,
    by: FileUse['by'],
  ): void {
    if (path === undefined || /[*?[\]{}$\n]/.test(written) || /^\/(?:dev|proc)\//.test(path)) return;
    const use = { path, written, job, by };
    if (kind === 'read') this.reads.push(use);
    else {
      const known = this.writes.get(path);
      if (known === undefined) this.writes.set(path, [use]);
      else if (!known.some((other) => other.job === job)) known.push(use);
    }
  }
}

/** Where the file is named. */
export function placeOf({ job, by }: FileUse): FindingPlace {
  return 'key' in by ? job.place(by.key, by.index) : job.placeInCommand(by);
}

/** Whether jobs of the configuration may run at the same time at all. */
export function runsAtOnce({ configuration: { parallel, maxWorkers } }: Subject): boolean {
  return parallel && maxWorkers > 1;
}
