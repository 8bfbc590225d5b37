import { homedir } from 'node:os';
import {
  type CommandContext,
  CommandError,
  type ConfigurationHost,
  nodeHost,
  type SourceText,
  writeOutput,
} from '@executioner/core';
import { type AppliedFix, fixFiles } from '../fix/fixFiles.ts';
import { knownCodes } from '../settings/knownCodes.ts';
import { validate } from '../validate.ts';
import { nodeWorld } from '../world/nodeWorld.ts';
import { displayName } from './displayName.ts';
import type { InputSettings } from './inputSettings.ts';
import type { Input } from './inputs.ts';

export interface FixOptions {
  readonly isDryRun: boolean;
  readonly followsSuggestions: boolean;
  readonly context: CommandContext;
}

/**
 * Mends the inputs and what they include, and says on standard error what was mended. `isAnswered`: what is to be
 * written to standard output has been (a diff, or the mended text of standard input).
 *
 * @throws CommandError when a file cannot be written; those before it have been.
 */
export async function fixInputs(
  inputs: readonly Input[],
  settings: InputSettings,
  { isDryRun, followsSuggestions, context }: FixOptions,
): Promise<{ readonly isAnswered: boolean }> {
  const { io } = context;
  const display = displayName(io.cwd);
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  const applied: AppliedFix[] = [];
  for (const input of inputs) {
    const rules = settings.rulesFor(input);
    const host = nodeHost(io.cwd, io.env.HOME ?? homedir());
    // A file that an earlier input includes as well has been mended already.
    const readFile: typeof host.readFile = (file) => {
      const text = after.get(file);
      return text === undefined ? host.readFile(file) : { ok: true, text };
    };
    const result = fixFiles(
      input.source,
      { ...host, readFile },
      {
        isWanted: (code) => rules.get(code) !== 'off',
        ...(followsSuggestions && {
          suggestionsOf: (source, host) =>
            validate(source, {
              host,
              // Commands change while suggestions are followed: ShellCheck would be asked again each time.
              world: nodeWorld(),
              environment: io.env,
              variables: settings.variablesFor(input),
              settings: rules,
            }),
        }),
      },
    );
    for (const [file, text] of result.texts) {
      if (!before.has(file)) before.set(file, originalText(file, input, host));
      after.set(file, text);
    }
    applied.push(...result.applied);
  }
  if (isDryRun) {
    await context.writeResult(await diffs(before, after, display));
  } else {
    for (const [file, text] of after) {
      if (file === '-') continue;
      await writeOutput(file, text, io.cwd);
    }
    const stdin = inputs.find(({ name }) => name === '-');
    if (stdin !== undefined) {
      if (inputs.length > 1)
        throw new CommandError('FIX_STDIN', 'standard input is mended alone, not beside files');
      await context.writeResult(after.get('-') ?? (stdin.source as SourceText).text);
    }
  }
  context.note(summary(applied, display, isDryRun));
  return { isAnswered: isDryRun || inputs.some(({ name }) => name === '-') };
}

function originalText(file: string, { source }: Input, host: ConfigurationHost): string {
  if (typeof source !== 'string' && file === source.file) return source.text;
  const content = host.readFile(file);
  return content.ok ? content.text : '';
}

async function diffs(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  display: (file: string) => string,
): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  return [...after]
    .filter(([file, text]) => before.get(file) !== text)
    .map(([file, text]) => {
      const name = display(file);
      const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before.get(file)!, text, '', '');
      return patch.replace(/^=+\n/, '').replace(/^(---|\+\+\+) (.*)\t$/gm, '$1 $2');
    })
    .join('');
}

/**
 * For each file `mended 3 findings in workflow.json: 2 × W301 Repeated dependency, W102 Trailing comma`, and what was
 * changed by suggestions.
 */
function summary(
  applied: readonly AppliedFix[],
  display: (file: string) => string,
  isDryRun: boolean,
): string {
  if (applied.length === 0) return 'nothing to mend';
  const files = [...new Set(applied.map(({ file }) => file))];
  const line = (file: string, kind: AppliedFix['kind']): string[] => {
    const own = applied.filter((fix) => fix.file === file && fix.kind === kind);
    if (own.length === 0) return [];
    const counts = new Map<string, number>();
    for (const { code } of own) counts.set(code, (counts.get(code) ?? 0) + 1);
    const kinds = [...counts].map(
      ([code, count]) => `${count > 1 ? `${count} × ` : ''}${code} ${knownCodes.get(code)?.title ?? ''}`,
    );
    const noun = kind === 'fix' ? 'finding' : 'suggestion';
    const verbs = kind === 'fix' ? ['would mend', 'mended'] : ['would follow', 'followed'];
    const what = `${own.length} ${noun}${own.length === 1 ? '' : 's'} in ${display(file)}`;
    return [`${verbs[isDryRun ? 0 : 1]} ${what}: ${kinds.join(', ')}`];
  };
  return files.flatMap((file) => [...line(file, 'fix'), ...line(file, 'suggestion')]).join('\n');
}
