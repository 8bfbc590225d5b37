import { nearest } from '../diagnostics/index.ts';
import type { OptionSpec, OptionTable } from './options.ts';

/** One way to write an option. */
export interface Spelling {
  /** The option's name in the table. */
  readonly name: string;
  readonly option: OptionSpec;
  readonly kind: 'name' | 'short' | 'alias' | 'deprecated' | 'negation';
}

/** All ways to write the options of a table, by spelling without dashes. */
export function spellingsOf(options: OptionTable): ReadonlyMap<string, Spelling> {
  const spellings = new Map<string, Spelling>();
  for (const [name, option] of Object.entries(options)) {
    const add = (spelling: string, kind: Spelling['kind']) => spellings.set(spelling, { name, option, kind });
    add(name, 'name');
    if (option.short !== undefined) add(option.short, 'short');
    for (const alias of option.aliases ?? []) add(alias, 'alias');
    for (const old of option.deprecated ?? []) add(old, 'deprecated');
    if (option.type === 'flag' && option.negatable === true) add(`no-${name}`, 'negation');
  }
  return spellings;
}

/** How an option is written: `--config`, `-c`. */
export function dashed(spelling: string): string {
  return spelling.length === 1 ? `-${spelling}` : `--${spelling}`;
}

/**
 * The long spelling a person most likely meant by `typed`: the only one that begins with it, else the nearest;
 * undefined when there is none.
 */
export function likelySpelling(typed: string, spellings: ReadonlyMap<string, Spelling>): string | undefined {
  const candidates = [...spellings]
    .filter(([key, { kind, option }]) => key.length > 1 && kind !== 'deprecated' && option.hidden !== true)
    .map(([key]) => key);
  // Whoever types "no-x" means anything but "x".
  const opposite = typed.startsWith('no-') ? typed.slice('no-'.length) : undefined;
  const beginning = typed.length > 1 ? candidates.filter((candidate) => candidate.startsWith(typed)) : [];
  return beginning.length === 1
    ? beginning[0]
    : nearest(
        typed,
        candidates.filter((candidate) => candidate !== opposite),
      );
}
