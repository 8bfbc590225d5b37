import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The bundled launcher that belongs to the running code: beside the running bundle, else in the `bin/` of the
 * package whose `dist/` or `src/` is running. `moduleUrl` is the running module's `import.meta.url`.
 *
 * @throws when the package was not built.
 */
export function launcherPath(moduleUrl: string = import.meta.url): string {
  let folder = dirname(fileURLToPath(moduleUrl));
  const beside = join(folder, 'executioner-launcher.js');
  for (;;) {
    for (const candidate of [
      join(folder, 'executioner-launcher.js'),
      join(folder, 'bin', 'executioner-launcher.js'),
    ]) {
      if (existsSync(candidate)) return candidate;
    }
    const parent = dirname(folder);
    if (parent === folder || existsSync(join(folder, 'package.json'))) break;
    folder = parent;
  }
  throw new Error(
    `Internal error: the launcher is missing: neither ${beside} nor ${join(folder, 'bin', 'executioner-launcher.js')} exists`,
  );
}
