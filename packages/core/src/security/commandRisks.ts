import type { SecuritySettings } from '../config/index.ts';
import { dangerousPatterns, mayBeDangerous } from './dangerousPatterns.ts';

export type RiskKind = 'danger' | 'outside_workspace' | 'foreign_file';

/** A part of a command that the security settings mind, as half-open range in UTF-16 units. */
export interface CommandRisk {
  readonly kind: RiskKind;
  /** Follows "the command". */
  readonly does: string;
  readonly start: number;
  readonly end: number;
}

const foreignFile =
  /(?:\/etc\/(?:passwd|shadow)|\/\.ssh\/|\/id_[rd]sa|\/authorized_keys|\/known_hosts|\/\.aws\/|\/\.config\/|\/credentials)\w*/g;
const upwardPath = /(?<=\s|["'=])(?:[^\s"';|&]*\/)?\.\.(?:\/[^\s"';|&]*|(?=\s|["']|$))/g;

const none: readonly never[] = [];

/**
 * What the settings mind in a command, by place; empty for a command that the allow list or the white list lets pass: one
 * that a pattern matches, or a single program that is named. Patterns that are no regular expressions match nothing.
 */
export function commandRisks(command: string, security: SecuritySettings): readonly CommandRisk[] {
  if (!mayHoldRisk(command, security) || isAllowed(command, security)) return none;
  return [
    ...workspaceRisks(command, security),
    ...matches(command, upwardPath, 'names a path that leads upwards'),
    ...matches(command, foreignFile, 'names a file with secrets of a user or the system'),
    ...dangers(command, security),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
}

const foreignWord = /passwd|shadow|\.ssh|id_[rd]sa|authorized_keys|known_hosts|\.aws|\.config|credentials/;

/** Most commands hold nothing that any of the patterns looks for, and are spared forty closer looks. */
function mayHoldRisk(command: string, { workspacePaths }: SecuritySettings): boolean {
  return (
    workspacePaths.length > 0 ||
    command.includes('..') ||
    mayBeDangerous(command) ||
    foreignWord.test(command)
  );
}

function isAllowed(
  command: string,
  { commandWhitelist, commandAllowlistPatterns }: SecuritySettings,
): boolean {
  if (commandWhitelist.length === 0 && commandAllowlistPatterns.length === 0) return false;
  const isSingle = !/[;&|`\n]|\$\(/.test(command.trim());
  const [program = ''] = command.trim().split(/\s+/, 1);
  if (isSingle && commandWhitelist.includes(program)) return true;
  return commandAllowlistPatterns.some((source) => allowPattern(source)?.test(command) === true);
}

/** The regular expression of an allow-list entry; undefined when it is none. */
export function allowPattern(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'i');
  } catch {
    return undefined;
  }
}

function workspaceRisks(command: string, { workspacePaths }: SecuritySettings): CommandRisk[] {
  if (workspacePaths.length === 0) return [];
  const program = /^\s*["']?(\/[^\s"';|&]*)/.exec(command)?.[1];
  if (program === undefined) return [];
  const isInside = (folder: string) =>
    program === folder || program.startsWith(`${folder.replace(/\/+$/, '')}/`);
  if (workspacePaths.some(isInside)) return [];
  const start = command.indexOf(program);
  return [
    {
      kind: 'outside_workspace',
      does: `runs "${program}", which is in none of the "workspace_paths"`,
      start,
      end: start + program.length,
    },
  ];
}

function matches(command: string, expression: RegExp, does: string): CommandRisk[] {
  return Array.from(command.matchAll(expression), ({ index, 0: text }) => ({
    kind: 'foreign_file',
    does,
    start: index,
    end: index + text.length,
  }));
}

function dangers(command: string, { policy, level = 'medium' }: SecuritySettings): CommandRisk[] {
  const isMinded = (of: string) =>
    of === 'critical' || level === 'high' || (of === 'medium' && level === 'medium');
  const mindsOrdinary = policy === 'strict' || level === 'high';
  const found: CommandRisk[] = [];
  for (const { pattern, level: of, ordinary, does } of dangerousPatterns) {
    if (!isMinded(of) || (ordinary === true && !mindsOrdinary)) continue;
    const match = pattern.exec(command);
    if (match === null) continue;
    const text = match[0].replace(/^[\s;&|(]+/, '');
    const start = match.index + match[0].length - text.length;
    found.push({ kind: 'danger', does, start, end: start + text.trimEnd().length });
  }
  return found;
}
