import { describe, expect, it } from '@jest/globals';
import { templatesOf } from './mine.ts';

/** Lines and how they look masked, each alone, so that nothing but masking is at work. */
const cases: readonly (readonly [string, string])[] = [
  ['took 15 ms, -3 left of 1,234,567', 'took <*> ms, <*> left of <*>'],
  ['0x7f3a at 0xDEADBEEF', '<*> at <*>'],
  ['from 10.0.0.1:8080 to [2001:db8::1]:443', 'from <*> to [<*>]:<*>'],
  ['mac 00:11:43:e3:ba:c3 seen at 12:30:59,123', 'mac <*> seen at <*>'],
  ['instance 78dc1847-8848-49cc-933e-9239b12c9dcf up', 'instance <*> up'],
  ['commit 9f4ef63 of deadbeefcafe', 'commit <*> of <*>'],
  ['reading /etc/hosts, C:\\Windows\\a.dll and src/a/b.c.', 'reading <*>, <*> and <*>.'],
  ['GET https://example.com/a?b=1&c=2: done', 'GET <*>: done'],
  ['host ns.example.com or db1.example.co.uk mailed ann@example.org', 'host <*> or <*> mailed <*>'],
  [
    'www.example.tv and api.example.io:443 up, mice.c:286 and Main.java:12 bad',
    '<*> and <*> up, mice.c:<*> and Main.java:<*> bad',
  ],
  ['java.io.IOException: Broken pipe in mice.c', 'java.io.IOException: Broken pipe in mice.c'],
  ['at Sun Jul 17 09:01:02 2005 and 10/Jan/2026:10:11:12 and 5 May 2024', 'at <*> and <*> and <*>'],
  ['free 384.0 B, used 5.2 KB (46MB)', 'free <*>, used <*> (<*>)'],
  [
    'eth0 of node-12 sent blk_-77 and attempt_144_0020_m_000001_0',
    'eth<*> of node-<*> sent blk_<*> and attempt_<*>',
  ],
  ['IPv4 over ssh2 with sha256 and UTF-8', 'IPv4 over ssh2 with sha256 and UTF-<*>'],
  ['99% of 5/7 parts, 1920x1080, r2d2c3', '<*> of <*> parts, <*>, <*>'],
  ['TCP/IP and/or input/output error', 'TCP/IP and/or input/output error'],
  ['\u001b[31mfailed\u001b[0m after \u001b[1m3\u001b[0m tries', 'failed after <*> tries'],
  ['Grüße an Jörg, 3 Stück', 'Grüße an Jörg, <*> Stück'],
  ['  much   space\tand a return\r', 'much space and a return'],
  ['user= host=10.0.0.1', 'user= host=<*>'],
  ['-- *** ... ---', '-- *** ... ---'],
  ['', ''],
];

describe('masking', () => {
  it.each(cases)('%j', (line, template) => {
    expect(templatesOf([line])).toEqual([template]);
  });

  it('looks at a bounded part of a line', () => {
    const [template] = templatesOf([`${'word '.repeat(100_000)}end`]);
    expect(template!.length).toBeLessThan(5000);
  });
});
