import { installerWords } from './installers.ts';
import { type ScriptUse, scriptUseOf } from './interpreters.ts';
import { takesText } from './nestedText.ts';
import { bashBuiltinNames, isOpaque, isReader, readsEnvironment } from './programs.ts';
import { isRemote } from './remoteText.ts';
import { isWrapper } from './wrappers.ts';

/** What a program is known for, by its name alone. */
export interface KnownProgram {
  /** The last part of its name. */
  readonly baseName: string;
  /** There is nothing to say but that it is started: it changes no state of the shell and starts nothing itself. */
  readonly isOrdinary: boolean;
  /** It starts the program that its arguments name, as `env` and `sudo` do. */
  readonly isWrapper: boolean;
  /** It may make files that nothing in its command names. */
  readonly isOpaque: boolean;
  /** It makes no file at all, whatever its arguments. */
  readonly isReader: boolean;
  /** It may heed any variable of its environment. */
  readonly readsEnvironment: boolean;
  /** By which words it is told to install programs; none for all that are no installers. */
  readonly installerWords: readonly RegExp[];
  /** How it is told which script to read; undefined for what reads none. */
  readonly scriptUse: ScriptUse | undefined;
}

const remembered = new Map<string, KnownProgram>();
const mostRemembered = 10_000;

/** What is known of a program, looked up once for each name: workflows name few of them, and often. */
export function knownProgram(name: string): KnownProgram {
  let known = remembered.get(name);
  if (known === undefined) {
    known = lookUp(name);
    if (remembered.size < mostRemembered) remembered.set(name, known);
  }
  return known;
}

function lookUp(name: string): KnownProgram {
  const baseName = name.slice(name.lastIndexOf('/') + 1);
  return {
    baseName,
    isOrdinary: isOrdinary(name, baseName),
    isWrapper: isWrapper(baseName),
    isOpaque: isOpaque(baseName),
    isReader: isReader(baseName),
    readsEnvironment: readsEnvironment(baseName),
    installerWords: installerWords(baseName),
    scriptUse: scriptUseOf(baseName),
  };
}

function isOrdinary(name: string, baseName: string): boolean {
  return (
    baseName !== '' &&
    !isWrapper(baseName) &&
    !/^(?:zsh|find|which|whereis)$/.test(baseName) &&
    !takesText(baseName) &&
    !isRemote(baseName) &&
    (!bashBuiltinNames.has(name) || ['echo', 'true', 'false', 'pwd'].includes(name))
  );
}
