import { relative } from 'node:path';

/** How a file is shown: from the current folder where that is shorter. */
export function displayName(cwd: string): (file: string) => string {
  return (file) => {
    if (file === '-') return '<stdin>';
    const near = relative(cwd, file);
    return near === '' || near.startsWith('..') ? file : near;
  };
}
