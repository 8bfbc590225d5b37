import {
  type CommandContext,
  type Diagnostic,
  renderGithub,
  renderGitlab,
  renderJson,
  renderJunit,
  renderSarif,
} from '@executioner/core';
import { knownCodes } from '../settings/knownCodes.ts';
import type { Validation } from '../validate.ts';
import { prettyReport } from './pretty.ts';

export interface ReportOptions {
  readonly context: CommandContext;
  readonly isStrict: boolean;
  readonly displayFile: (file: string) => string;
}

const informationUri = 'https://github.com/shwetalj/executioner';

/** The findings of all inputs in the format that was asked for. */
export function renderReport(validations: readonly Validation[], options: ReportOptions): string {
  const { context, isStrict, displayFile } = options;
  const diagnostics = distinct(validations);
  switch (context.format) {
    case 'json':
      return renderJson(diagnostics.map((diagnostic) => withDisplayedFiles(diagnostic, displayFile)));
    case 'sarif':
      return renderSarif(diagnostics, {
        tool: { name: 'executioner-validate', version: context.version, informationUri },
        rules: knownCodes,
        displayFile,
      });
    case 'github':
      return renderGithub(diagnostics, displayFile);
    case 'gitlab':
      return renderGitlab(diagnostics, displayFile);
    case 'junit':
      return renderJunit(diagnostics, {
        name: 'executioner validate',
        files: validations.map(({ load, texts }) => rootOf(load) ?? [...texts.keys()][0] ?? '-'),
        displayFile,
        nowMs: context.io.clock.nowMs(),
        isFailure: ({ severity }) => severity === 'error' || (isStrict && severity === 'warning'),
      });
    default:
      return prettyReport(validations, {
        color: context.colors.isColorSupported,
        columns: context.columns,
        isVerbose: context.verbose,
        displayFile,
        secretNames: validations.flatMap(({ load }) =>
          load.state === 'valid' ? load.configuration.secrets : [],
        ),
      });
  }
}

/** A file that several workflows include says the same in all of them. */
function distinct(validations: readonly Validation[]): Diagnostic[] {
  const seen = new Set<string>();
  return validations
    .flatMap(({ diagnostics }) => diagnostics)
    .filter((diagnostic) => {
      const key = JSON.stringify([
        diagnostic.code,
        diagnostic.file,
        diagnostic.range?.start.offset,
        diagnostic.message,
      ]);
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
}

function rootOf(load: Validation['load']): string | undefined {
  return load.state === 'valid' ? load.configuration.file : load.draft?.configuration.file;
}

/** Paths as they were given, not those of this machine. */
function withDisplayedFiles(diagnostic: Diagnostic, displayFile: (file: string) => string): Diagnostic {
  const shown = (file: string) => (file === '-' ? '-' : displayFile(file));
  const { file, related, fixes } = diagnostic;
  return {
    ...diagnostic,
    ...(file !== undefined && { file: shown(file) }),
    ...(related && {
      related: related.map((place) => ({
        ...place,
        ...(place.file !== undefined && { file: shown(place.file) }),
      })),
    }),
    ...(fixes && {
      fixes: fixes.map((fix) => ({
        ...fix,
        edits: fix.edits.map((edit) => ({ ...edit, file: shown(edit.file) })),
      })),
    }),
  };
}
