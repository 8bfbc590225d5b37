import type { EnvInheritance } from '../config/model.ts';

/** What `inherit_shell_env: "default"` passes on: paths, user, terminal, language, time zone, folders for temporary files. */
export const defaultInheritedNames: readonly string[] = [
  'PATH',
  'LD_LIBRARY_PATH',
  'HOME',
  'USER',
  'SHELL',
  'HOSTNAME',
  'TERM',
  'DISPLAY',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'JAVA_HOME',
  'PYTHON_HOME',
  'NODE_PATH',
];

/** The part of `environment` that jobs take over. Names that are not set there are absent. */
export function inheritedEnvironment(
  inheritance: EnvInheritance,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const isWanted = wantedNames(inheritance);
  const entries = Object.entries(environment).filter(
    ([name, value]) => value !== undefined && isWanted(name),
  );
  return Object.fromEntries(entries) as Record<string, string>;
}

function wantedNames(inheritance: EnvInheritance): (name: string) => boolean {
  switch (inheritance.kind) {
    case 'all':
      return () => true;
    case 'none':
      return () => false;
    case 'default':
      return (name) => defaultInheritedNames.includes(name);
    case 'listed':
      return (name) => inheritance.names.includes(name);
  }
}
