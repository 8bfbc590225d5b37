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

/** Whether a command line installs programs, so that those behind it may be found where they are not now. */
export function isInstallation(program: string, args: readonly ShellWord[]): boolean {
  return installers.some(
    ([name, word]) => name.test(program) && args.some((arg) => word.test(literalOf(arg) ?? '')),
  );
}
