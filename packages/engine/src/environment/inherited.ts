import type { EnvInheritance } from '@executioner/core';

export type Environment = Readonly<Record<string, string>>;

/** Paths, locale, terminal and temporary folders, but nothing that carries credentials. */
const defaultNames = [
  ...['PATH', 'LD_LIBRARY_PATH'],
  ...['HOME', 'USER', 'SHELL', 'HOSTNAME'],
  ...['TERM', 'DISPLAY'],
  ...['LANG', 'LC_ALL', 'LC_CTYPE', 'TZ'],
  ...['TMPDIR', 'TEMP', 'TMP'],
  ...['JAVA_HOME', 'PYTHON_HOME', 'NODE_PATH'],
] as const;

/** What jobs take over from the environment of the engine. */
export function inheritedEnvironment(
  inheritance: EnvInheritance,
  environment: Readonly<Record<string, string | undefined>>,
): Environment {
  switch (inheritance.kind) {
    case 'all':
      return pick(environment, Object.keys(environment));
    case 'none':
      return {};
    case 'default':
      return pick(environment, defaultNames);
    case 'listed':
      return pick(environment, inheritance.names);
  }
}

function pick(
  environment: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): Environment {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = environment[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
