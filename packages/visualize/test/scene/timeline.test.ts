import { describe, expect, test } from '@jest/globals';
import { TimeAxis } from '../../src/page/timeAxis.ts';
import { timelineChart, timelineScene } from '../../src/scene/timelineScene.ts';
import { pictureOf, shop, shopRun } from '../pictures.ts';

const middle = timelineChart.x + timelineChart.width / 2;

describe('a part of the time', () => {
  test('has the bars that reach into it, as much longer as it is shorter', async () => {
    const picture = pictureOf(shop, { report: await shopRun() });
    const barsOf = (window?: { from: number; to: number }) =>
      timelineScene(picture, window).shapes.flatMap((shape) => {
        const rect = shape.kind === 'group' ? shape.shapes[0] : undefined;
        return shape.kind === 'group' && rect?.kind === 'rect'
          ? [{ title: shape.title, from: rect.x, to: rect.x + rect.width, y: rect.y }]
          : [];
      });
    const whole = barsOf();
    const half = barsOf({ from: 0, to: 0.5 });
    const end = timelineChart.x + timelineChart.width;
    expect(half.length).toBeLessThan(whole.length);
    for (const bar of half) {
      const before = whole.find(({ title, y }) => title === bar.title && y === bar.y)!;
      const stretched = (x: number) => Math.min(end, timelineChart.x + 2 * (x - timelineChart.x));
      expect(bar.from).toBeCloseTo(stretched(before.from), 6);
      if (before.to - before.from > 2) expect(bar.to).toBeCloseTo(stretched(before.to), 6);
    }
    expect(whole.filter(({ from }) => from < middle).length).toBe(half.length);
  });
});

test('a bar bears its name, or enough of it to be guessed, or none', async () => {
  const picture = pictureOf(shop, { report: await shopRun() });
  const [attempt] = picture.run!.attempts;
  const bars = attempt!.lanes[0]!.slice(0, 1).flatMap((bar) =>
    Array.from({ length: 40 }, (_, k) => ({
      ...bar,
      job: 1,
      startMs: k * 2800,
      endMs: (k + 1) * 2800 - 900 - 45 * k,
    })),
  );
  const run = { ...picture.run!, attempts: [{ ...attempt!, lanes: [bars] }] };
  const names = timelineScene({ ...picture, run }).shapes.flatMap((shape) =>
    shape.kind === 'group' ? [shape.shapes.find((each) => each.kind === 'text')?.text ?? ''] : [],
  );
  expect(names.length).toBe(40);
  expect(names).toContain('');
  for (const name of names) if (name.includes('…')) expect(name.length).toBeGreaterThan(6);
});

describe('the axis of the time', () => {
  const axis = () => new TimeAxis((job) => (job === 1 ? { from: 0.9, to: 0.95 } : undefined));

  test('keeps what is pointed at where it is, and never leaves the run', () => {
    const time = axis();
    time.zoomAt(middle, 4);
    expect(time.window).toEqual({ from: 0.375, to: 0.625 });
    time.pan(timelineChart.width);
    expect(time.window.from).toBeCloseTo(0.125);
    time.pan(10 * timelineChart.width);
    expect(time.window).toEqual({ from: 0, to: 0.25 });
    time.pan(-100 * timelineChart.width);
    expect(time.window.to).toBeCloseTo(1);
    time.zoomAt(middle, 0.01);
    expect(time.isWhole).toBe(true);
  });

  test('moves to a job, and shows all of it', () => {
    const time = axis();
    time.zoomAt(timelineChart.x, 100);
    time.bring(1);
    expect(time.window.from).toBeLessThanOrEqual(0.9);
    expect(time.window.to).toBeGreaterThanOrEqual(0.95);
    const before = time.window;
    time.bring(2);
    expect(time.window).toBe(before);
  });
});
