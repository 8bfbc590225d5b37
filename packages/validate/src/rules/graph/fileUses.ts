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
    if (!enabled) return;
    for (const { redirection, written, path } of job.redirectedFiles) {
      const { kind, appends, target } = redirection;
      // What an earlier program of the same command may have made is waited for.
      if (appends || (kind === 'read' && this.#isOwn(job, path, target))) continue;
      this.#note({ path, written, job, by: target }, kind);
    }
    const start = job.folder;
    if (start === undefined || (inputs.length === 0 && outputs.length === 0)) return;
    for (const [kind, key, paths] of [
      ['read', 'inputs', inputs],
      ['write', 'outputs', outputs],
    ] as const) {
      paths.forEach((written, index) => {
        const path = this.#subject.host.resolve(start, written);
        this.#note({ path, written, job, by: { key, index } }, kind);
      });
    }
  }

  #isOwn(job: JobSubject, path: string, { start }: ShellWord): boolean {
    const makes = this.#subject.once(production);
    return makes.isMadeByItself(job, path, { offset: start, isRelative: true });
  }

  #note(use: FileUse, kind: 'read' | 'write'): void {
    const { path, written, job } = use;
    if (/[*?[\]{}$\n]/.test(written) || /^\/(?:dev|proc)\//.test(path)) return;
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
