import { palette } from '@executioner/core';
import {
  graphScene,
  layoutPicture,
  renderDot,
  renderGantt,
  renderJson,
  renderMermaid,
  renderSvg,
  renderText,
  renderTextTimeline,
  timelineScene,
} from '@executioner/visualize';
import { describe, test } from '@jest/globals';
import { expectGolden } from '../golden.ts';
import { pictureOf, shop, shopRun } from '../pictures.ts';

const plain = { colors: palette(false), columns: 100 };

describe('a small workflow', () => {
  const picture = pictureOf(shop);

  test('as SVG, light, dark and as the viewer has it', () => {
    const scene = graphScene(picture, layoutPicture(picture, { direction: 'lr', isFolded: true }));
    for (const theme of ['light', 'dark', 'auto'] as const)
      expectGolden(`graph-${theme}.svg`, renderSvg(scene, { theme }));
  });

  test('from top to bottom, grouped by tag', () => {
    const grouped = pictureOf(shop, { groupBy: 'tag' });
    expectGolden(
      'groups-tb.svg',
      renderSvg(graphScene(grouped, layoutPicture(grouped, { direction: 'tb', isFolded: true })), {
        theme: 'light',
      }),
    );
  });

  test('without dependencies that follow from others', () => {
    expectGolden(
      'reduced.mmd',
      renderMermaid(pictureOf(shop, { isReduced: true }), { direction: 'lr', isMarkdown: false }),
    );
  });

  test('as Mermaid, DOT, JSON and text', () => {
    expectGolden('graph.mmd', renderMermaid(picture, { direction: 'lr', isMarkdown: false }));
    expectGolden(
      'graph-md.txt',
      renderMermaid(pictureOf(shop, { groupBy: 'tag' }), { direction: 'tb', isMarkdown: true }),
    );
    expectGolden('graph.gv', renderDot(pictureOf(shop, { groupBy: 'tag' }), { direction: 'lr' }));
    expectGolden(
      'graph.json',
      renderJson(picture, layoutPicture(picture, { direction: 'lr', isFolded: true })),
    );
    expectGolden('graph.txt', renderText(picture, plain));
    expectGolden('list.txt', renderText(picture, { ...plain, columns: 40 }));
    const chain = Array.from({ length: 12 }, (_, k) => ({
      id: `step_${k}`,
      ...(k > 0 && { after: [`step_${k - 1}`] }),
    }));
    const fan = ['left', 'right'].map((id) => ({ id, after: ['step_11'] }));
    const long = pictureOf([...chain, ...fan, { id: 'end', after: ['left', 'right'] }]);
    expectGolden('list-long.txt', renderText(long, { ...plain, columns: 60 }));
  });
});

describe('a run of it', () => {
  const picture = shopRun().then((report) => pictureOf(shop, { report }));

  test('as SVG, Mermaid, DOT and text', async () => {
    const run = await picture;
    expectGolden(
      'run.svg',
      renderSvg(graphScene(run, layoutPicture(run, { direction: 'lr', isFolded: true })), { theme: 'light' }),
    );
    expectGolden('run.mmd', renderMermaid(run, { direction: 'lr', isMarkdown: false }));
    expectGolden('run.gv', renderDot(run, { direction: 'lr' }));
    expectGolden('run.txt', renderText(run, plain));
  });

  test('as a timeline', async () => {
    const run = await picture;
    expectGolden('timeline.svg', renderSvg(timelineScene(run), { theme: 'light' }));
    expectGolden('timeline.txt', renderTextTimeline(run, plain));
    expectGolden('timeline.mmd', renderGantt(run, { isMarkdown: false }));
  });
});
