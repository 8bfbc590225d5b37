// Ids that hold anything must come through every format: what reads the format has to give them back.
import { spawnSync } from 'node:child_process';
import { palette } from '@executioner/core';
import { visibleText } from '@executioner/report';
import {
  graphScene,
  layoutPicture,
  type Picture,
  renderDot,
  renderJson,
  renderMermaid,
  renderPdf,
  renderPng,
  renderSvg,
  renderText,
} from '@executioner/visualize';
import { describe, expect, test } from '@jest/globals';
import { PNG } from 'pngjs';
import { nastyIds } from '../nasty.ts';
import { pictureOf } from '../pictures.ts';

/** A chain of them all, in groups of their own names. */
const picture: Picture = pictureOf(
  nastyIds.map((id, k) => ({
    id,
    description: `about ${id}`,
    tags: [id],
    ...(k === 0 ? {} : { after: [nastyIds[k - 1]!] }),
  })),
  { groupBy: 'tag' },
);
const places = layoutPicture(picture, { direction: 'lr', isFolded: true });

function has(program: string, ...words: string[]): boolean {
  return spawnSync(program, words).error === undefined;
}

const withDot = has('dot', '-V') ? test : test.skip;
const withXmllint = has('xmllint', '--version') ? test : test.skip;
const withPoppler = has('pdftotext', '-v') ? test : test.skip;

describe('ids with any characters', () => {
  withDot('DOT: graphviz reads the same graph back', () => {
    const dot = spawnSync('dot', ['-Tjson0'], {
      input: renderDot(picture, { direction: 'lr' }),
      encoding: 'utf8',
    });
    expect(dot.stderr).toBe('');
    // Graphviz writes control characters into JSON as they are, which JSON does not allow.
    const { objects, edges } = JSON.parse(dot.stdout.replace(/[\u0000-\u0009\u000b-\u001f]/g, '')) as {
      objects: { name: string; label?: string; nodes?: unknown }[];
      edges: { tail: number; head: number }[];
    };
    const nodes = objects.filter(({ name }) => !name.startsWith('cluster_'));
    expect(nodes.length).toBe(nastyIds.length);
    expect(edges.length).toBe(nastyIds.length - 1);
    for (const { tail, head } of edges) {
      expect([tail, head].every((end) => !objects[end]!.name.startsWith('cluster_'))).toBe(true);
    }
  });

  withDot('DOT: graphviz draws it, too', () => {
    const svg = spawnSync('dot', ['-Tsvg'], {
      input: renderDot(picture, { direction: 'tb' }),
      encoding: 'utf8',
    });
    expect(svg.status).toBe(0);
    expect(svg.stdout).not.toContain('<script>');
    expect(svg.stdout).toContain('日本語のジョブ');
  });

  withXmllint('SVG is well-formed and holds no markup of theirs', () => {
    for (const theme of ['light', 'auto'] as const) {
      const svg = renderSvg(graphScene(picture, places), { theme });
      const checked = spawnSync('xmllint', ['--noout', '--nonet', '-'], { input: svg, encoding: 'utf8' });
      expect(checked.stderr).toBe('');
      expect(svg).not.toMatch(/<script|<img|<!--/);
      expect(svg).toContain('日本語のジョブ');
    }
  });

  test('JSON gives them back as they are', () => {
    const { jobs, dependencies } = JSON.parse(renderJson(picture, places)) as {
      jobs: { id: string }[];
      dependencies: { from: string; to: string }[];
    };
    expect(jobs.map(({ id }) => id)).toEqual(nastyIds);
    expect(dependencies.map(({ from }) => from)).toEqual(nastyIds.slice(0, -1));
  });

  test('text moves no cursor and turns no direction', () => {
    const text = renderText(picture, { colors: palette(false), columns: 120 });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
    expect(text).toContain('日本語のジョブ');
  });

  test('Mermaid: nothing that it could read as markup is left', () => {
    for (const line of renderMermaid(picture, { direction: 'lr', isMarkdown: true }).split('\n')) {
      const label = /^\s*(?:n\d+|subgraph g\d+)\["(.*)"\]$/.exec(line)?.[1];
      if (label !== undefined) expect(label.replaceAll('<br/>', '')).not.toMatch(/["<>[\]{}()|`\\]/);
    }
  });

  test('PNG is drawn', async () => {
    const { png, scale } = await renderPng(graphScene(picture, places), { theme: 'light', scale: 0.5 });
    const image = PNG.sync.read(Buffer.from(png));
    expect(scale).toBe(0.5);
    expect(image.width).toBe(Math.ceil(graphScene(picture, places).width * 0.5));
  });

  withPoppler('PDF: its text can be read', async () => {
    const { pdf } = await renderPdf(graphScene(picture, places), { theme: 'light' });
    const text = spawnSync('pdftotext', ['-raw', '-', '-'], { input: pdf, encoding: 'utf8' });
    expect(text.status).toBe(0);
    for (const id of ['quotes', 'subgraph', '<img src=x']) expect(text.stdout).toContain(visibleText(id));
  });
});
