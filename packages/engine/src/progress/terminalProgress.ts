import type { Clock, Palette, TextSink } from '@executioner/core';
import type { JournalEvent } from '../journal/index.ts';
import type { LogLine } from '../textlogs/index.ts';
import type { Forecast } from './forecast.ts';
import { liveLine } from './liveLine.ts';
import { plainLines } from './plainLines.ts';
import { progressFold } from './progressFold.ts';
import { statusLine } from './statusLine.ts';

/** Shows a run on a terminal: the lines of its log, and below them one live line. */
export interface TerminalProgress {
  readonly log: (lines: readonly LogLine[]) => void;
  /** Follows the run to its end, then takes the live line away. */
  follow(run: FollowedRun): Promise<void>;
}

export interface FollowedRun {
  readonly events: AsyncIterable<JournalEvent>;
  forecast(): Forecast | undefined;
}

export interface TerminalProgressOptions {
  readonly sink: TextSink;
  readonly colors: Palette;
  readonly clock: Clock;
}

export function terminalProgress({ sink, colors, clock }: TerminalProgressOptions): TerminalProgress {
  const fold = progressFold();
  const beganAtMs = clock.monotonicMs();
  let forecast: () => Forecast | undefined = () => undefined;
  const live = liveLine({
    sink,
    line: (columns) =>
      statusLine(fold.progress(), {
        elapsedMs: clock.monotonicMs() - beganAtMs,
        forecast: forecast(),
        columns,
        colors,
      }),
  });
  return {
    log: plainLines({ write: live.above }, colors),
    async follow(run) {
      forecast = run.forecast;
      try {
        for await (const event of run.events) {
          fold.take(event);
          live.redraw();
        }
      } finally {
        live.end();
      }
    },
  };
}
