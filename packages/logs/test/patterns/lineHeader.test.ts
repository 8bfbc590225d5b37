import { expect, it } from '@jest/globals';
import { emptyHeader, levels, readHeader } from '../../src/patterns/index.ts';

/** Lines as [time stamp, level, message] once their header is split off. */
const cases: readonly (readonly [string, readonly [string, string, string]])[] = [
  ['2026-01-02 03:04:05 - ERROR - load failed', ['2026-01-02 03:04:05', 'error', 'load failed']],
  ['2026-01-02 03:04:05,678 - INFO - rows: 3', ['2026-01-02 03:04:05,678', 'info', 'rows: 3']],
  ['2026-01-02 03:04:05 - INFO - [RUN #7] begin', ['2026-01-02 03:04:05', 'info', 'begin']],
  ['2026-01-02 03:04:05 - INFO - [RUN #main] begin', ['2026-01-02 03:04:05', 'info', 'begin']],
  ['2026-01-02T03:04:05.6Z WARN disk', ['2026-01-02T03:04:05.6Z', 'warning', 'disk']],
  ['2026-01-02T03:04:05+01:00 [debug] x', ['2026-01-02T03:04:05+01:00', 'debug', 'x']],
  ['17/06/09 20:10:40 INFO executor.Executor: go', ['17/06/09 20:10:40', 'info', 'executor.Executor: go']],
  ['[Sun Dec 04 04:47:44 2005] [notice] jk2', ['Sun Dec 04 04:47:44 2005', 'notice', 'jk2']],
  ['Jun  4 15:16:01 combo sshd[12]: no', ['Jun  4 15:16:01', '', 'combo sshd[12]: no']],
  ['[02/Jan/2026:03:04:05 +0000] "GET"', ['02/Jan/2026:03:04:05 +0000', '', '"GET"']],
  ['1700000000.25 boom', ['1700000000.25', '', 'boom']],
  ['12:30:59.123 | FATAL | dead', ['12:30:59.123', 'critical', 'dead']],
  ['no header here', ['', '', 'no header here']],
  ['ERROR: no time', ['', '', 'ERROR: no time']],
  ['[client 10.0.0.1] x', ['', '', '[client 10.0.0.1] x']],
  ['12345 rows', ['', '', '12345 rows']],
  ['2026-01-02', ['2026-01-02', '', '']],
  ['', ['', '', '']],
];

it.each(cases)('%j', (line, expected) => {
  const bytes = Buffer.from(`xx${line}yy`);
  const header = emptyHeader();
  readHeader(bytes, 2, bytes.length - 2, header);
  expect([
    bytes.toString('utf8', header.stampStart, header.stampEnd),
    levels[header.level],
    bytes.toString('utf8', header.message, bytes.length - 2),
  ]).toEqual(expected);
});
