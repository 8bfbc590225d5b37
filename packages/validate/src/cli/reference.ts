import { type CommandContext, CommandError, wrapText } from '@executioner/core';
import { runExample } from '../rules/runExample.ts';
import { type KnownCode, knownCodes, similarCode } from '../settings/knownCodes.ts';
import { coreExamples } from './coreExamples.generated.ts';

/** What the hundreds of a code are about. */
export const codeGroups: readonly (readonly [string, RegExp])[] = [
  ['Syntax', /^.1/],
  ['Schema', /^.2/],
  ['Dependencies and resources', /^.3/],
  ['Commands', /^.4/],
  ['Environment', /^.5/],
  ['E-mail and notifications', /^.6/],
  ['Retries and time limits', /^.7/],
  ['Checks', /^.8/],
  ['Security', /^.9/],
];

/** The codes that have a page of their own: those of this package. */
export const pagedCodes: readonly KnownCode[] = [...knownCodes.values()].filter(
  ({ remedy }) => remedy !== undefined,
);

export { knownCodes };

const usualWidth = 100;

/** The text of --list-rules: every code with its severity and title, by what it is about. */
export function listRules({ colors, format }: CommandContext): string {
  if (format === 'json') return `${JSON.stringify([...knownCodes.values()].map(published), null, 2)}\n`;
  const sections = codeGroups.map(([title, pattern]) => {
    const lines = [...knownCodes.values()]
      .filter(({ code }) => pattern.test(code))
      .map(({ code, severity, title }) => `  ${colors.bold(code)}  ${severity.padEnd(7)}  ${title}`);
    return `${colors.bold(title)}\n${lines.join('\n')}\n`;
  });
  return `${sections.join('\n')}\nexecutioner validate --explain CODE tells what a code means.\n`;
}

/**
 * The text of --explain: what a code means, an example with what is printed about it, and how to mend it.
 *
 * @throws CommandError UNKNOWN_RULE
 */
export function explain(code: string, { colors, columns, format }: CommandContext): string {
  const known = knownCodes.get(code.toUpperCase());
  if (known === undefined) {
    const beginning = [...knownCodes.keys()].filter((one) => one.startsWith(code.toUpperCase()));
    const similar = beginning.length > 0 ? undefined : similarCode(code);
    throw new CommandError('UNKNOWN_RULE', `there is no code "${code}"`, {
      hint:
        beginning.length > 0
          ? `${beginning.length === 1 ? 'one begins' : `${beginning.length} begin`} so: ${beginning.join(', ')}`
          : similar === undefined
            ? '--list-rules lists all codes'
            : `did you mean ${similar}?`,
    });
  }
  if (format === 'json') return `${JSON.stringify(published(known), null, 2)}\n`;
  const width = Math.min(columns, usualWidth);
  const paragraph = (text: string) => `${wrapText(text, width).join('\n')}\n`;
  const sections = [
    `${colors.bold(`${known.code}  ${known.title}`)}\n${colors.dim(`${known.severity}${known.isBinding ? ', cannot be switched off' : ''}`)}\n`,
    paragraph(known.explanation),
    ...exampleSections(known).map(([title, text]) => `${colors.bold(title)}\n${indent(text)}\n`),
    ...(known.remedy === undefined ? [] : [`${colors.bold('What to do')}\n${paragraph(known.remedy)}`]),
    `${colors.dim(known.helpUri ?? '')}\n`,
  ];
  return sections.join('\n');
}

/** The example of a code: the files, what is printed about them, and the same file mended. */
export function exampleSections({
  code,
  example,
}: Pick<KnownCode, 'code' | 'example'>): (readonly [string, string])[] {
  if (example !== undefined) {
    return [
      [`For example, ${example.file}:`, example.text],
      ['is reported so:', runExample({ code }, example, example.text).output],
      ['Better:', example.mended],
    ];
  }
  const ofCore = Object.hasOwn(coreExamples, code) ? coreExamples[code] : undefined;
  if (ofCore === undefined) return [];
  return [
    ...ofCore.files.map(({ name, text }) => [`For example, ${name}:`, text] as const),
    ['is reported so:', ofCore.output],
  ];
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .join('\n');
}

function published({ code, title, severity, explanation, remedy, helpUri, isBinding }: KnownCode) {
  return { code, title, severity, can_be_changed: !isBinding, explanation, remedy, help: helpUri };
}
