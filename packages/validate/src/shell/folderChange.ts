import type { FactsBuilder } from './factsBuilder.ts';
import type { Scopes } from './scope.ts';
import { literalOf, type ShellWord } from './word.ts';

/** What `cd`, `pushd` and `popd` change for the commands behind them. */
export function changeFolder(
  program: string,
  words: readonly ShellWord[],
  { facts, scopes: { current } }: { readonly facts: FactsBuilder; readonly scopes: Scopes },
): void {
  if (program === 'popd') current.folder = undefined;
  if (program !== 'cd' && program !== 'pushd') return;
  const target = words.find((word) => !/^-[LPe@]*$|^--$/.test(literalOf(word) ?? ''));
  const { folder, isConditional, isTolerated } = current;
  if (target === undefined || literalOf(target) === '-') {
    current.folder = undefined;
    return;
  }
  facts.addFolderChange({ target, folder, isConditional, isTolerated });
  current.folder = folder && [...folder, target];
}
