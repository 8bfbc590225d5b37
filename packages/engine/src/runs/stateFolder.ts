import { join } from 'node:path';

/** What decides where state is kept; `home` is the user's home folder. */
export interface StateFolderInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/**
 * The folder for runs and history: `EXECUTIONER_HOME`, else `$XDG_STATE_HOME/executioner`, else
 * `~/.local/state/executioner`. Empty values count as absent, and so does a relative XDG_STATE_HOME, as the XDG
 * base directory specification has it. A relative EXECUTIONER_HOME is left to the caller to resolve.
 */
export function stateFolder({ env, home }: StateFolderInput): string {
  const own = env.EXECUTIONER_HOME;
  if (own !== undefined && own !== '') return own;
  const xdg = env.XDG_STATE_HOME;
  if (xdg?.startsWith('/')) return join(xdg, 'executioner');
  return join(home, '.local', 'state', 'executioner');
}
