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

/** By which words a program is told to install programs; none for a program that installs nothing. */
export function installerWords(program: string): readonly RegExp[] {
  return installers.flatMap(([name, word]) => (name.test(program) ? [word] : []));
}

/** Whether one of the arguments is one of the `installerWords`, so that programs behind it may be found where they are not now. */
export function isInstallation(words: readonly RegExp[], args: readonly ShellWord[]): boolean {
  for (const word of words) for (const arg of args) if (word.test(literalOf(arg) ?? '')) return true;
  return false;
}
