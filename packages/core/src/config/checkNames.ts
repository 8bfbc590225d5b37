import { builtInCheck, builtInChecks } from './checks/index.ts';

/** The checks that the engine brings along: those of version 1 under their old names first. */
export const builtInCheckNames: readonly string[] = builtInChecks.map(({ name }) => name);

/** A check of our own, or a plug-in: the path of a module or of a program. Whether that file exists is not asked. */
export function isCheckName(name: string): boolean {
  return builtInCheck(name) !== undefined || isCheckPath(name);
}

/** Whether the name of a check is the path of a plug-in. */
export function isCheckPath(name: string): boolean {
  return name.includes('/') || name.includes('\\') || /\.[cm]?js$/.test(name);
}
