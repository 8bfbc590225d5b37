import type { DocumentFormat, SourceText } from './document.ts';

const formatByEnding: ReadonlyMap<string, DocumentFormat> = new Map([
  ['.json', 'json'],
  ['.jsonc', 'jsonc'],
  ['.json5', 'jsonc'],
  ['.yaml', 'yaml'],
  ['.yml', 'yaml'],
]);

/** The format that is stated, else the one of the file's ending, else what the first character suggests. */
export function formatOf(source: SourceText): DocumentFormat {
  if (source.format !== undefined) return source.format;
  const ending = /\.[A-Za-z0-9]+$/.exec(source.file)?.[0].toLowerCase();
  return (ending === undefined ? undefined : formatByEnding.get(ending)) ?? sniff(source.text);
}

/** Every JSON text that can be a configuration begins with a bracket, or with a comment that YAML does not have. */
function sniff(text: string): DocumentFormat {
  const [first = ''] = /[^\uFEFF\s]/.exec(text) ?? [];
  if (first === '{' || first === '[') return 'json';
  return first === '/' ? 'jsonc' : 'yaml';
}
