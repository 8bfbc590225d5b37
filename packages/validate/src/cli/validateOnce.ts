import { homedir } from 'node:os';
import {
  type CommandContext,
  countSeverities,
  type Diagnostic,
  exitCodes,
  nodeHost,
} from '@executioner/core';
import { type Validation, validate } from '../validate.ts';
import { displayName } from './displayName.ts';
import { type InputSettings, settingsOf } from './inputSettings.ts';
import { findInputs, type Input } from './inputs.ts';
import { renderReport } from './renderReport.ts';
import { namedFiles, type ValidateArguments } from './validateArguments.ts';

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
