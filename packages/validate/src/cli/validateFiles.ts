import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import {
  type CommandContext,
  countSeverities,
  type Diagnostic,
  exitCodes,
  nodeHost,
  parseAssignments,
} from '@executioner/core';
import { findRc, type RcSettings, readRc } from '../settings/rcFile.ts';
import type { RuleSetting } from '../settings/ruleSetting.ts';
import { ruleSettings } from '../settings/ruleSettings.ts';
import { type Validation, validate } from '../validate.ts';
import { nodeWorld } from '../world/nodeWorld.ts';
import type { World } from '../world/world.ts';
import { displayName } from './displayName.ts';
import { findInputs, type Input } from './inputs.ts';
import { renderReport } from './renderReport.ts';
import { type ShellCheckWish, shellCheckPath, usualShellCheckLimit } from './shellCheckPath.ts';

export interface ValidateArguments {
  readonly files: readonly string[];
  readonly strict: boolean;
  readonly fix: boolean;
  readonly dryRun: boolean;
  readonly unsafe: boolean;
  readonly rule: readonly string[];
  readonly rc: string | undefined;
  readonly env: readonly string[];
  readonly shellcheck: ShellCheckWish;
  readonly watch: boolean;
}

/** Validates what the command line names, writes the report, and returns the exit code. */
export async function validateFiles(args: ValidateArguments, context: CommandContext): Promise<number> {
  if (args.watch) {
    const { watchFiles } = await import('./watchFiles.ts');
    return await watchFiles(args, context);
  }
  const { fix, dryRun } = args;
  if (fix) {
    const { fixInputs } = await import('./fixInputs.ts');
    const outcome = await fixInputs(
      await findInputs(namedFiles(args), context.io),
      settingsOf(args, context),
      {
        isDryRun: dryRun,
        followsSuggestions: args.unsafe,
        context,
      },
    );
    if (outcome.isAnswered) return exitCodes.done;
  }
  const report = await validateOnce(args, context);
  await context.writeResult(report.text);
  return report.exitCode;
}

export interface ValidationReport {
  readonly text: string;
  readonly exitCode: number;
  /** All files that were read, absolute. */
  readonly files: readonly string[];
}

/** One validation of all inputs, rendered. @throws CommandError when there is nothing to validate. */
export async function validateOnce(
  args: ValidateArguments,
  context: CommandContext,
): Promise<ValidationReport> {
  const settings = settingsOf(args, context);
  const inputs = await findInputs(namedFiles(args), context.io);
  const validations = withoutIncluded(inputs.map((input) => validateInput(input, settings, context)));
  const isStrict = validations.some(({ input }) => settings.isStrict(input));
  const text = renderReport(
    validations.map(({ validation }) => validation),
    { context, isStrict, displayFile: displayName(context.io.cwd) },
  );
  return {
    text,
    exitCode: exitCodeOf(validations, settings),
    files: validations.flatMap(({ validation }) => [...validation.texts.keys()]),
  };
}

/** What holds for an input, from the command line and the settings file. */
export interface InputSettings {
  rulesFor(input: Input): ReadonlyMap<string, RuleSetting>;
  isStrict(input: Input): boolean;
  /** This machine as it is to be looked at for the input; the same one for all inputs with the same settings. */
  worldFor(input: Input): World;
  variablesFor(input: Input): Readonly<Record<string, string>>;
}

/** @throws CommandError for settings that cannot be used. */
export function settingsOf(args: ValidateArguments, { io }: CommandContext): InputSettings {
  const asked = ruleSettings(args.rule);
  const variables = parseAssignments(args.env);
  const named =
    args.rc === undefined || args.rc === 'none' ? undefined : readRc(resolve(io.cwd, args.rc), true);
  const worlds = new Map<ShellCheckWish, World>();
  const byFolder = new Map<string, RcSettings | undefined>();
  const rcFor = ({ source }: Input): RcSettings | undefined => {
    if (args.rc !== undefined) return named;
    const folder = typeof source === 'string' ? dirname(source) : io.cwd;
    if (!byFolder.has(folder)) byFolder.set(folder, findRc(folder));
    return byFolder.get(folder);
  };
  return {
    rulesFor: (input) => {
      const path = typeof input.source === 'string' ? input.source : resolve(io.cwd, '-');
      return new Map([...(rcFor(input)?.rulesFor(path) ?? []), ...asked]);
    },
    isStrict: (input) => args.strict || (rcFor(input)?.strict ?? false),
    worldFor(input) {
      const wish = args.shellcheck === 'auto' ? (rcFor(input)?.shellcheck ?? 'auto') : args.shellcheck;
      const known = worlds.get(wish);
      if (known !== undefined) return known;
      const world = nodeWorld({
        shellCheck: shellCheckPath(wish, io.env),
        shellCheckLimit: wish === 'all' ? undefined : usualShellCheckLimit,
      });
      worlds.set(wish, world);
      return world;
    },
    variablesFor: (input) => ({ ...rcFor(input)?.env, ...variables }),
  };
}

function namedFiles({ files }: ValidateArguments): readonly string[] {
  return files.length === 0 ? ['.'] : files;
}

interface Validated {
  readonly input: Input;
  readonly validation: Validation;
}

function validateInput(input: Input, settings: InputSettings, { io }: CommandContext): Validated {
  const host = nodeHost(io.cwd, io.env.HOME ?? homedir());
  const validation = validate(input.source, {
    host,
    world: settings.worldFor(input),
    environment: io.env,
    variables: settings.variablesFor(input),
    settings: settings.rulesFor(input),
  });
  return { input, validation };
}

/** A file that was found in a folder and that another one includes is validated with that one. */
function withoutIncluded(validated: readonly Validated[]): Validated[] {
  const included = new Set(
    validated.flatMap(({ input, validation }) =>
      [...validation.texts.keys()].filter((file) => file !== input.source),
    ),
  );
  return validated.filter(({ input }) => !input.isFound || !included.has(input.source as string));
}

function exitCodeOf(validated: readonly Validated[], settings: InputSettings): number {
  const isUnreadable = ({ code }: Diagnostic) => code === 'E210';
  if (validated.some(({ validation }) => validation.diagnostics.some(isUnreadable))) return exitCodes.usage;
  const hasFindings = validated.some(({ input, validation }) => {
    const counts = countSeverities(validation.diagnostics);
    return counts.error > 0 || (settings.isStrict(input) && counts.warning > 0);
  });
  return hasFindings ? exitCodes.findings : exitCodes.done;
}
