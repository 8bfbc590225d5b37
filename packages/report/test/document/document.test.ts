import { palette } from '@executioner/core';
import { describe, expect, it } from '@jest/globals';
import { documentHtml, documentMarkdown, documentText, type ReportDocument } from '../../src/index.ts';

const hostile = '<b>*a* `b` | c</b>';

const document: ReportDocument = {
  title: 'Report',
  verdict: { text: 'failed', tone: 'bad' },
  facts: [
    ['runs', '3'],
    ['host', 'alpha'],
  ],
  sections: [
    {
      title: 'All kinds',
      blocks: [
        { kind: 'text', text: hostile, tone: 'warning' },
        { kind: 'list', items: [{ text: 'one' }, { text: 'two', tone: 'bad' }] },
        { kind: 'steps', items: [{ text: 'look', command: "less 'a b.log'" }, { text: 'think' }] },
        {
          kind: 'table',
          columns: [
            { title: 'Lines', align: 'right' },
            { title: 'What', elastic: true },
          ],
          rows: [
            ['12', 'a|b'],
            ['3', 'c\nd'],
          ],
          tones: ['bad'],
        },
        {
          kind: 'timeline',
          lanes: [[{ label: 'load', title: 'load', startMs: 0, endMs: 5, tone: 'bad' }]],
          durationMs: 10,
          description: 'a picture',
        },
        { kind: 'output', lines: [{ text: 'ok' }, { text: '```' }, { text: '\u001b[31mred' }] },
      ],
    },
  ],
};

describe('a document', () => {
  it('is text for the terminal', () => {
    expect(documentText(document, { colors: palette(false), columns: 80 })).toBe(
      [
        'Report: failed',
        'runs 3, host alpha',
        '',
        'All kinds',
        hostile,
        '  - one',
        '  - two',
        '  1. look',
        "     less 'a b.log'",
        '  2. think',
        'LINES  WHAT',
        '   12  a|b',
        '    3  c\\nd',
        '  | ok',
        '  | ```',
        '  | \\x1b[31mred',
        '',
      ].join('\n'),
    );
  });

  it('is Markdown that nothing in it can break out of', () => {
    expect(documentMarkdown(document)).toBe(
      [
        '# Report: failed',
        '',
        '- runs: 3',
        '- host: alpha',
        '',
        '## All kinds',
        '',
        '&lt;b&gt;\\*a\\* \\`b\\` \\| c&lt;/b&gt;',
        '',
        '- one',
        '- two',
        '',
        '1. look',
        '',
        '   ```sh',
        "   less 'a b.log'",
        '   ```',
        '',
        '2. think',
        '',
        '| Lines | What |',
        '| ---: | --- |',
        '| 12 | a\\|b |',
        '| 3 | c\\\\nd |',
        '',
        '````',
        'ok',
        '```',
        '\\x1b[31mred',
        '````',
        '',
      ].join('\n'),
    );
  });

  it('is a page that nothing in it can break out of', () => {
    const page = documentHtml(document, { footer: 'made by a test' });
    expect(page).toContain('<span class="warning">&lt;b&gt;*a* `b` | c&lt;/b&gt;</span>');
    expect(page).toContain('<pre class="command" tabindex="0"><code>less &#39;a b.log&#39;</code></pre>');
    expect(page).toContain('<td class="wide"><span class="bad">a|b</span></td>');
    expect(page).toContain('aria-label="a picture"');
    expect(page).not.toContain('<b>');
  });

  it('needs neither facts nor a verdict', () => {
    const bare = { title: 'Bare', facts: [], sections: [] };
    expect(documentText(bare, { colors: palette(false), columns: 80 })).toBe('Bare\n');
    expect(documentMarkdown(bare)).toBe('# Bare\n');
  });
});
