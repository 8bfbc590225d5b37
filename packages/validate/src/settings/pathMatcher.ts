import { createRequire } from 'node:module';

/** Set where the package is bundled: `require` is what the bundler follows there. */
declare const __PACKAGE_VERSION__: string | undefined;

/** Whether a path matches one of the patterns. What knows patterns is run when there are some: most files have none. */
export function pathMatcher(patterns: string | readonly string[]): (path: string) => boolean {
  const picomatch = (
    typeof __PACKAGE_VERSION__ === 'string'
      ? require('picomatch')
      : createRequire(import.meta.url)('picomatch')
  ) as typeof import('picomatch');
  return picomatch(typeof patterns === 'string' ? patterns : [...patterns], { dot: true });
}
