import { type TimeWindow, timelineChart } from '../scene/timelineScene.ts';
import type { OwnAxis } from './ownAxis.ts';

/** The shortest part of the time that can be shown. */
const shareMin = 1 / 4000;

/** The part of the time that a timeline shows. */
export class TimeAxis implements OwnAxis {
  window: TimeWindow = { from: 0, to: 1 };
  private readonly timeOf: (job: number) => TimeWindow | undefined;

  /** `timeOf` tells when a job ran, in shares of the time. */
  constructor(timeOf: (job: number) => TimeWindow | undefined) {
    this.timeOf = timeOf;
  }

  get isWhole(): boolean {
    return this.window.from === 0 && this.window.to === 1;
  }

  zoomAt(x: number, factor: number): void {
    const { from, to } = this.window;
    const place = Math.min(1, Math.max(0, (x - timelineChart.x) / timelineChart.width));
    const share = Math.min(1, Math.max(shareMin, (to - from) / factor));
    this.show(from + place * (to - from - share), share);
  }

  pan(by: number): void {
    const { from, to } = this.window;
    const share = to - from;
    this.show(from - (by / timelineChart.width) * share, share);
  }

  bring(job: number): void {
    const time = this.timeOf(job);
    const { from, to } = this.window;
    if (time === undefined || (time.from >= from && time.to <= to)) return;
    const share = Math.min(1, Math.max(to - from, 1.5 * (time.to - time.from)));
    this.show((time.from + time.to - share) / 2, share);
  }

  reset(): void {
    this.window = { from: 0, to: 1 };
  }

  private show(from: number, share: number): void {
    if (share >= 1) {
      this.reset();
      return;
    }
    const start = Math.min(1 - share, Math.max(0, from));
    this.window = { from: start, to: start + share };
  }
}
