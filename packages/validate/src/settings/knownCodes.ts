import { type Code, diagnosticCodes, nearest, type RuleInfo, type Severity } from '@executioner/core';
import { rules } from '../rules/index.ts';
import type { RuleExample } from '../rules/rule.ts';

/** Where the pages of the documentation are. */
const documentation = 'https://github.com/shwetalj/executioner/blob/main/docs';

/** All that is known of a code, whoever reports it. */
export interface KnownCode extends RuleInfo {
  readonly remedy?: string;
  readonly example?: RuleExample | undefined;
  /** A run refuses such a file, so that it cannot be switched off. */
  readonly isBinding: boolean;
}

const remarks: readonly {
  code: Code;
  title: string;
  severity: Severity;
  explanation: string;
  remedy: string;
  example: RuleExample;
}[] = [
  {
    code: 'W217',
    title: 'Comment that ignores no known code',
    severity: 'warning',
    explanation:
      'A comment `executioner-ignore`, or an entry of "x_validate", names no code, or one that does not exist or cannot be ignored since a run refuses such a file.',
    remedy: 'Name the codes, as in `# executioner-ignore W401`; --list-rules lists them.',
    example: {
      file: 'workflow.yaml',
      text: 'version: 2\njobs:\n  - id: call\n    description: Calls the service\n    command: callout --all # executioner-ignore W999\n',
      mended:
        'version: 2\njobs:\n  - id: call\n    description: Calls the service\n    command: callout --all # executioner-ignore W401\n',
    },
  },
  {
    code: 'I218',
    title: 'Comment that ignores nothing',
    severity: 'info',
    explanation:
      'A comment `executioner-ignore`, or an entry of "x_validate", names a code that is not reported there (any more).',
    remedy: 'Remove it.',
    example: {
      file: 'workflow.yaml',
      text: 'version: 2\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello # executioner-ignore W401\n',
      mended: 'version: 2\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
    },
  },
];

/** Every code that can be reported, by its name, in the order of their numbers. */
export const knownCodes: ReadonlyMap<string, KnownCode> = new Map(
  [
    ...Object.entries(diagnosticCodes).map(
      ([code, info]): KnownCode => ({
        ...info,
        code: code as Code,
        helpUri: `${documentation}/diagnostics.md#${code.toLowerCase()}`,
        isBinding: info.severity === 'error',
      }),
    ),
    ...[...rules, ...remarks].map(
      ({ code, title, severity, explanation, remedy, example }): KnownCode => ({
        code,
        title,
        severity,
        explanation,
        remedy,
        example,
        helpUri: `${documentation}/rules/${code}.md`,
        isBinding: false,
      }),
    ),
  ]
    // Codes of selections, imports and logs are not about configurations.
    .filter(({ code }) => !/^.1[3-9]\d$/.test(code))
    .sort((a, b) => Number(a.code.slice(1)) - Number(b.code.slice(1)) || (a.code < b.code ? -1 : 1))
    .map((known) => [known.code, known]),
);

/** The known code that was likely meant. */
export function similarCode(code: string): string | undefined {
  const other = [...knownCodes.keys()].find((known) => known.slice(1) === code.slice(1));
  return other ?? nearest(code.toUpperCase(), knownCodes.keys());
}
