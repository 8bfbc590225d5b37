import type { RunRecord } from '../runs/index.ts';
import type { FollowedNews } from './growingRun.ts';
import { openGrowing } from './openGrowing.ts';

export interface FollowOptions {
  /** Given every change, and what gives the run as it is known by now: that costs as much as the run has jobs. */
  readonly onChange: (news: FollowedNews, run: () => RunRecord) => Promise<void> | void;
  /** Called when there is nothing to tell of, with the reason in words (`is empty`), and again when there is another reason. */
  readonly onWaiting?: (why: string) => void;
  /** Resolves after so many milliseconds, or at once when there is no more to be waited for. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly isStopped: () => boolean;
}

export interface Followed {
  /** The run as it stands; undefined if nothing was heard of it. */
  readonly run: RunRecord | undefined;
  /** `ended`: the run came to its end. `gone`: its engine is there no more. `stopped`: by `isStopped`. */
  readonly why: 'ended' | 'gone' | 'stopped';
}

/** How long between two looks. */
export const lookEveryMs = 200;

/**
 * Follows a run by its journals or its text log until it ends: tells every change once, and goes on with the next attempt's
 * journal when there is one. `paths` are files that exist: the journals of a run in their order, or one text log.
 *
 * @throws the system call's error when a file cannot be opened.
 */
export async function followRun(paths: readonly string[], options: FollowOptions): Promise<Followed> {
  const growing = openGrowing(paths);
  try {
    let waitedFor: string | undefined;
    for (;;) {
      const isAbandoned = growing.isAbandoned();
      const news = growing.look();
      for (const each of news) await options.onChange(each, () => growing.run()!);
      if (growing.hasEnded()) return { run: growing.run(), why: 'ended' };
      if (options.isStopped()) return { run: growing.run(), why: 'stopped' };
      if (news.length > 0) continue;
      if (isAbandoned) return { run: growing.run(), why: 'gone' };
      const lacking = growing.lacks();
      if (lacking !== undefined && lacking !== waitedFor) options.onWaiting?.(lacking);
      waitedFor = lacking;
      await options.sleep(lookEveryMs);
    }
  } finally {
    growing.close();
  }
}
