import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { html, htmlPage, timelineSvg } from '../../src/html/index.ts';

test('values are escaped, markup and lists of it are not', () => {
  const rows = ['<b>', 'a & "b"'].map((text) => html`<td title="${text}">${text}</td>`);
  expect(html`<tr>${rows}${undefined}${3}</tr>`.markup).toBe(
    '<tr><td title="&lt;b&gt;">&lt;b&gt;</td><td title="a &amp; &quot;b&quot;">a &amp; &quot;b&quot;</td>3</tr>',
  );
});

test('no text can end its element or attribute', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { markup } = html`<td title="${text}">${text}</td>`;
      expect(markup.slice('<td title="'.length, -'</td>'.length).replace('">', '')).not.toMatch(/[<>"']/);
    }),
  );
});

test('a page fetches nothing and runs nothing', () => {
  const page = htmlPage({ title: '<title>', body: html`<p>${'x'}</p>`, footer: 'f' });
  expect(page).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
  );
  expect(page).toContain('<title>&lt;title&gt;</title>');
  expect(page).not.toMatch(/<script|<link|src=|url\(|@import/);
});

test('a timeline of thousands of tries stays small, and keeps every tone', () => {
  const bars = Array.from({ length: 20_000 }, (_, index) => ({
    label: `job${index}`,
    title: `job${index}`,
    startMs: index * 10,
    endMs: index * 10 + 10,
    tone: index === 9_999 ? ('bad' as const) : ('good' as const),
  }));
  const { markup } = timelineSvg({ lanes: [bars], durationMs: 200_000, description: 'd' });
  expect(markup.length).toBeLessThan(500_000);
  expect(markup.match(/bar-bad/g)).toEqual(['bar-bad']);
});
