import { literalOf, type ShellWord } from './word.ts';

/** Programs that put other programs into folders of PATH, and the words by which they are told to. */
const installers: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^(?:pip[\d.]*|pipx|python[\d.]*|uv|poetry|pdm|gem|bundle|conda|mamba|micromamba)$/,
    /^(?:install|add|sync)$/,
  ],
  [/^(?:npm|pnpm|yarn|bun|composer|corepack)$/, /^(?:install|i|ci|add|global|require|enable|prepare)$/],
  [
    /^(?:apt|apt-get|aptitude|dnf|yum|microdnf|zypper|apk|brew|port|snap|flatpak)$/,
    /^(?:install|add|in|reinstall)$/,
  ],
  [
    /^(?:cargo|go|rustup|opam|cabal|stack|luarocks|choco|winget|sdk|asdf|mise)$/,
    /^(?:install|get|add|use|toolchain)$/,
  ],
  [/^(?:dpkg|rpm)$/, /^(?:-[a-zA-Z]*[iUF][a-zA-Z]*|--install|--upgrade)$/],
  [/^pacman$/, /^(?:-S|--sync)/],
  [/^(?:cpan|cpanm|nix-env|update-alternatives)$/, /./],
  [/^(?:make|gmake|ninja|meson|cmake)$/, /^(?:install.*|--install)$/],
];

/** The words of a program's `installers`, looked up once for each name. */
const wordsByProgram = new Map<string, readonly RegExp[]>();
const mostRemembered = 10_000;

function wordsOf(program: string): readonly RegExp[] {
  let words = wordsByProgram.get(program);
  if (words === undefined) {
    words = installers.flatMap(([name, word]) => (name.test(program) ? [word] : []));
    if (wordsByProgram.size < mostRemembered) wordsByProgram.set(program, words);
  }
  return words;
}

/** Whether a command line installs programs, so that those behind it may be found where they are not now. */
export function isInstallation(program: string, args: readonly ShellWord[]): boolean {
  const words = wordsOf(program);
  return words.length > 0 && words.some((word) => args.some((arg) => word.test(literalOf(arg) ?? '')));
}
