import { documentMarkdown } from '@executioner/report';
import { describe, expect, it } from '@jest/globals';
import { postMortemDocument } from '../../src/postmortem/index.ts';
import { pastRun } from '../pastRuns.ts';
import { earlier, failedRun, goodRun, postMortemOf } from './failedRuns.ts';

describe('a post-mortem', () => {
  it('tells what failed, since when, what changed, what came of it, and what to do', () => {
    const document = postMortemDocument(postMortemOf(failedRun(7), earlier), 'UTC');
    expect(documentMarkdown(document)).toBe(`# Post-mortem of run 7 of nightly: failed

- started: 2026-01-01 00:07:00 UTC
- took: 5.0s
- host: alpha
- executioner: 0.1.0

## What failed first: load

load: database error, exit code 3, 2 tries in 4.0s

\`\`\`
ORA-00942: no table t7
\`\`\`

It is failure 2 in a row, since run 6.

- kept 2 jobs from running: report → mail

## What changed since the last good run, run 5

Run 5 started 2026-01-01 00:05:00 UTC.

- variable MODE of load: changed

The values of variables are not shown; with --show-values they are, secrets masked.

## Similar failures before

- run 6 (2026-01-01 00:06:00 UTC), load: "ORA-&lt;\\*&gt;: no table t&lt;\\*&gt;"; it has not succeeded since
- run 2 (2026-01-01 00:02:00 UTC), load: "ORA-&lt;\\*&gt;: no table t&lt;\\*&gt;"; it succeeded in run 3, after variable MODE of load: changed
- run 1 (2026-01-01 00:01:00 UTC), load: "ORA-&lt;\\*&gt;: no table t&lt;\\*&gt;"; it succeeded in run 3 after 1 more failure, after variable MODE of load: changed

## Impact

- 1 of 4 jobs succeeded, 1 failed, 2 did not run.
- report was skipped: it needs load
- mail was skipped: it needs report, which needs load
- 4.0s went into tries that failed and the waits before retries

## Timeline

| After | What happened |
| ---: | --- |
| +0ms | the run started |
| +1.0s | 1 job succeeded: extract |
| +1.0s | load, try 1 started |
| +2.0s | load, try 1: failed with exit code 3; retried after 2.0s |
| +4.0s | load, try 2 started |
| +5.0s | load, try 2: failed with exit code 3 |
| +5.0s | 2 jobs skipped because of load: report, mail |
| +5.0s | the run failed |

## Next steps

1. load: look the code up in the manual of the database
2. read the end of its log

   \`\`\`sh
   less +G logs/load.log
   \`\`\`

3. see what was different when the same failure was over

   \`\`\`sh
   executioner report 3
   \`\`\`

4. find the change after which it began to fail

   \`\`\`sh
   executioner logs bisect --job load
   \`\`\`

5. see whether its retries ever help

   \`\`\`sh
   executioner logs retries --job load
   \`\`\`

6. see what a resume would run

   \`\`\`sh
   executioner run --resume-from 7 --explain
   \`\`\`

7. when it is mended, go on where it stopped

   \`\`\`sh
   executioner run --resume-from 7
   \`\`\`

`);
  });

  it('tells of a failure that came of no other what it kept from running, and what to do', () => {
    const run = pastRun({
      run: 1,
      jobs: [
        { id: 'check', status: 'timed_out', lastOutput: 'checking' },
        { id: 'load', status: 'failed', lastOutput: 'disk full' },
        { id: 'mail', status: 'skipped', reason: 'dependency', because: 'load', tries: [] },
      ],
    });
    const markdown = documentMarkdown(postMortemDocument(postMortemOf(run, []), 'UTC'));
    expect(markdown).toMatch(/## 1 further failure\n\nload: [^#]*- kept 1 job from running: mail\n/);
    expect(markdown).toMatch(
      /\d\. load, which failed by itself: .*\n\n {3}```sh\n {3}less \+G logs\/load\.log\n/,
    );
  });

  it('has little to say of a first run, and says so of a good one', () => {
    expect(postMortemOf(failedRun(1), [])).toMatchObject({ similar: [], novelties: [] });
    expect(postMortemOf(failedRun(1), [])).not.toHaveProperty('since');
    const good = postMortemDocument(postMortemOf(goodRun(9, 'fast'), earlier), 'UTC');
    expect(good.verdict).toEqual({ text: 'succeeded', tone: 'good' });
    expect(good.sections.map(({ title }) => title)).toEqual(['Nothing failed', 'Timeline']);
  });

  it('compares with the last run in which the job was good where no whole run was', () => {
    const half = pastRun({
      run: 1,
      jobs: [{ id: 'load' }, { id: 'mail', status: 'failed' }],
      stored: [{ id: 'load', variables: { MODE: 'fast' } }, { id: 'mail' }],
    });
    const { since } = postMortemOf(failedRun(2), [half]);
    expect(since).toMatchObject({ of: 'job', good: { run: 1 } });
    expect(since?.changes?.map(({ name }) => name)).toContain('variable MODE');
  });

  it('tells of a long chain its ends', () => {
    const jobs = Array.from({ length: 6 }, (_, index) =>
      index === 0
        ? { id: 'j0', status: 'failed' as const }
        : {
            id: `j${index}`,
            status: 'skipped' as const,
            reason: 'dependency' as const,
            because: `j${index - 1}`,
            tries: [],
          },
    );
    const markdown = documentMarkdown(postMortemDocument(postMortemOf(pastRun({ run: 1, jobs }), []), 'UTC'));
    expect(markdown).toContain('j3 was skipped: it needs j2, which needs j1, which needs j0\n');
    expect(markdown).toContain('j5 was skipped: it needs j4, … which needs j0\n');
  });

  it('stays short for a run of many jobs', () => {
    const jobs = Array.from({ length: 2000 }, (_, index) => ({
      id: `job${index}`,
      ...(index % 2 === 0
        ? { status: 'failed' as const }
        : {
            status: 'skipped' as const,
            reason: 'dependency' as const,
            because: `job${index - 1}`,
            tries: [],
          }),
    }));
    const markdown = documentMarkdown(postMortemDocument(postMortemOf(pastRun({ run: 1, jobs }), []), 'UTC'));
    expect(markdown.split('\n').length).toBeLessThan(250);
  });
});
