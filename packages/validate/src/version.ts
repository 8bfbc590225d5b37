import { readFileSync } from 'node:fs';

declare const __PACKAGE_VERSION__: string | undefined;

/** The version of this package; in a bundle, of the package that was bundled. */
export const version: string =
  typeof __PACKAGE_VERSION__ === 'string'
    ? __PACKAGE_VERSION__
    : manifestVersion(new URL('../package.json', import.meta.url));

function manifestVersion(manifest: URL): string {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
