/**
 * What to type to call a program again: its name, or how npx was given its package when it was started by that. Packages
 * are named after their programs, but for that of `executioner` itself.
 */
export function callName(name: string, env: Readonly<Record<string, string | undefined>>): string {
  if (env.npm_command !== 'exec') return name;
  return `npx @executioner/${name === 'executioner' ? 'cli' : name.replace(/^executioner-/, '')}`;
}
