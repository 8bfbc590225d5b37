import type { ValidLoad } from '../config/index.ts';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import { diagnosticCodes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { allowPattern, type CommandRisk, commandRisks, type RiskKind } from './commandRisks.ts';

const errorCodes: Readonly<Record<RiskKind, DiagnosticCode>> = {
  danger: 'E901',
  outside_workspace: 'E902',
  foreign_file: 'E903',
};
const warningCodes: Readonly<Record<RiskKind, DiagnosticCode>> = {
  danger: 'W901',
  outside_workspace: 'W902',
  foreign_file: 'W903',
};

const hints: Readonly<Record<RiskKind, string>> = {
  danger: 'if it is meant, allow it with a regular expression in "command_allowlist_patterns"',
  outside_workspace: 'name its folder in "workspace_paths", or the program in "command_whitelist"',
  foreign_file: 'if it is meant, allow it with a regular expression in "command_allowlist_patterns"',
};

/**
 * What the security settings of a configuration mind in its commands, each at its place inside the command: errors under
 * the policy `strict`, else warnings.
 */
export function checkSecurity({ configuration, documents, whereIs, locate }: ValidLoad): Diagnostic[] {
  const { security } = configuration;
  const codes = security.policy === 'strict' ? errorCodes : warningCodes;
  const diagnostic = (job: string, { kind, does, start, end }: CommandRisk): Diagnostic => {
    const code = codes[kind];
    const origin = whereIs(job, 'command');
    const range =
      origin &&
      (documents.get(origin.file)?.locateInString(origin.path, start, end) ?? locate(origin, 'value'));
    return {
      code,
      severity: diagnosticCodes[code].severity,
      message: `the command of job "${job}" ${does}`,
      ...(origin && { file: origin.file }),
      ...(range && { range }),
      job,
      hint: hints[kind],
    };
  };
  const found = unusablePatterns(configuration, locate);
  for (const { id, command } of configuration.jobs) {
    for (const risk of commandRisks(command, security)) found.push(diagnostic(id, risk));
  }
  return found;
}

function unusablePatterns(
  { file, security }: ValidLoad['configuration'],
  locate: ValidLoad['locate'],
): Diagnostic[] {
  return security.commandAllowlistPatterns.flatMap((source, index) => {
    if (allowPattern(source) !== undefined) return [];
    const range = locate({ file, path: ['command_allowlist_patterns', index] }, 'value');
    return [
      {
        code: 'W904',
        severity: 'warning' as const,
        message: `"${source}" is no regular expression, and allows nothing`,
        file,
        ...(range && { range }),
        hint: 'write characters such as ( [ * + ? with a backslash before them when they are meant literally',
      },
    ];
  });
}
