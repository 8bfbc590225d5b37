import { describe, expect, test } from '@jest/globals';
import { createLineIndex, type Diagnostic, renderJson } from '../../src/diagnostics/index.ts';

const index = createLineIndex('jobs:\n- id: a\n');
const full: Diagnostic = {
  fixes: [{ edits: [{ newText: 'b', end: 13, start: 12, file: 'w.yaml' }], title: 'rename', kind: 'fix' }],
  related: [{ range: index.rangeOf(0, 4), file: 'w.yaml', message: 'here' }, { message: 'nowhere' }],
  hint: 'h',
  job: 'a',
  range: index.rangeOf(12, 13),
  file: 'w.yaml',
  message: 'm',
  severity: 'error',
  code: 'E101',
};

describe('renderJson', () => {
  test('the published shape, keys in one order', () => {
    expect(renderJson([full])).toBe(`{
  "version": 1,
  "counts": {
    "error": 1,
    "warning": 0,
    "info": 0
  },
  "diagnostics": [
    {
      "code": "E101",
      "severity": "error",
      "message": "m",
      "file": "w.yaml",
      "range": {
        "start": {
          "offset": 12,
          "line": 2,
          "column": 7
        },
        "end": {
          "offset": 13,
          "line": 2,
          "column": 8
        }
      },
      "job": "a",
      "hint": "h",
      "related": [
        {
          "message": "here",
          "file": "w.yaml",
          "range": {
            "start": {
              "offset": 0,
              "line": 1,
              "column": 1
            },
            "end": {
              "offset": 4,
              "line": 1,
              "column": 5
            }
          }
        },
        {
          "message": "nowhere"
        }
      ],
      "fixes": [
        {
          "kind": "fix",
          "title": "rename",
          "edits": [
            {
              "file": "w.yaml",
              "start": 12,
              "end": 13,
              "newText": "b"
            }
          ]
        }
      ]
    }
  ]
}
`);
  });

  test('the same diagnostics give the same bytes in any order, and keys of others stay out', () => {
    const bare = {
      code: 'W190',
      severity: 'warning',
      message: 'w',
      fixes: [],
      related: [],
      secret: 'x',
    } as Diagnostic;
    expect(renderJson([full, bare])).toBe(renderJson([bare, full]));
    expect(JSON.parse(renderJson([bare]))).toEqual({
      version: 1,
      counts: { error: 0, warning: 1, info: 0 },
      diagnostics: [{ code: 'W190', severity: 'warning', message: 'w' }],
    });
  });

  test('nothing to report is a report', () => {
    expect(JSON.parse(renderJson([]))).toEqual({
      version: 1,
      counts: { error: 0, warning: 0, info: 0 },
      diagnostics: [],
    });
  });
});
