import type { TextSink } from '@executioner/core';
import type { StatusLine } from './statusLine.ts';

/** One line at the bottom of a terminal that is drawn again and again, while other text scrolls by above it. */
export interface LiveLine {
  /** Writes text that stays, whole lines, above the line. */
  above(text: string): void;
  /** Draws the line soon: ten times a second at most. */
  redraw(): void;
  /** Writes what is still to be written and takes the line away, for good. */
  end(): void;
}

export interface LiveLineOptions {
  readonly sink: TextSink;
  /** The line as it should be now, in at most so many columns. */
  readonly line: (columns: number) => StatusLine;
}

const betweenDrawsMs = 100;
/** The elapsed time moves on without any event. */
const idleDrawMs = 1000;
const usualColumns = 80;

export function liveLine({ sink, line }: LiveLineOptions): LiveLine {
  let drawnWidth = 0;
  let unwritten = '';
  let due: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;

  /** A terminal that was narrowed meanwhile may have broken the line into several. */
  function cleared(): string {
    if (drawnWidth === 0) return '';
    const rows = Math.ceil(drawnWidth / (sink.columns || usualColumns));
    return `\r${rows > 1 ? `\u001B[${rows - 1}A` : ''}\u001B[J`;
  }

  function draw(): void {
    due = undefined;
    // Not into the last column: some terminals break the line there.
    const { text, width } = line((sink.columns || usualColumns) - 1);
    sink.write(`${cleared()}${unwritten}${text}`);
    unwritten = '';
    drawnWidth = width;
  }

  function redraw(): void {
    // Should the run not come about, nobody ends the line: then it must not keep the process alive.
    idle ??= setInterval(redraw, idleDrawMs).unref();
    due ??= setTimeout(draw, betweenDrawsMs);
  }

  return {
    above(text) {
      unwritten += text;
      redraw();
    },
    redraw,
    end() {
      clearInterval(idle);
      clearTimeout(due);
      sink.write(`${cleared()}${unwritten}`);
    },
  };
}
