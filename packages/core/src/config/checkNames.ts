/** The checks that the engine brings along: those of version 1 under their old names first. */
export const builtInCheckNames: readonly string[] = [
  'check_file_exists',
  'check_no_ora_errors',
  'check_no_ora_or_sp2_errors',
  'file_exists',
  'file_not_empty',
  'file_contains',
  'file_newer_than',
  'dir_exists',
  'disk_space',
  'tcp_port',
  'http_status',
  'command',
  'output_contains',
  'output_not_contains',
  'env_set',
];

const builtIn = new Set(builtInCheckNames);

/** A check of our own, or a plug-in: the path of a module or of a program. Whether that file exists is not asked. */
export function isCheckName(name: string): boolean {
  return builtIn.has(name) || name.includes('/') || name.includes('\\') || /\.[cm]?js$/.test(name);
}
