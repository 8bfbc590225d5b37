import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const corpus = fileURLToPath(new URL('../../../../../shared/corpus', import.meta.url));

/** Whether the corpus of public data sets lies beside the project. */
export const hasCorpus = existsSync(corpus);

export interface CorpusText {
  /** Relative to the corpus. */
  readonly file: string;
  readonly text: string;
}

/** The files below a folder of the corpus whose names end as asked, in a stable order. */
export function corpusTexts(folder: string, ending: RegExp): CorpusText[] {
  if (!hasCorpus) return [];
  return readdirSync(join(corpus, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
    .map((path) => ({ file: path.slice(corpus.length + 1), text: readFileSync(path, 'utf8') }));
}
