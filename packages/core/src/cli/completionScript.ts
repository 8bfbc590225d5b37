export const completionShells = ['bash', 'zsh', 'fish'] as const;

export type CompletionShell = (typeof completionShells)[number];

export interface CompletionScriptOptions {
  /** The name of the bin. */
  readonly program: string;
  /** The command line that prints this script, for the comment that says how to use it. */
  readonly asks: string;
}

/** The script that teaches `shell` to complete the words of `program`: the shell evaluates it at its start. */
export function completionScript(shell: CompletionShell, { program, asks }: CompletionScriptOptions): string {
  const name = `_${program.replace(/[^A-Za-z0-9]/g, '_')}_complete`;
  switch (shell) {
    case 'bash':
      return bash(program, name, asks);
    case 'zsh':
      return zsh(program, name, asks);
    case 'fish':
      return fish(program, name, asks);
  }
}

function bash(program: string, name: string, asks: string): string {
  return `# Completion of ${program} for bash. Put into ~/.bashrc:  source <(${asks})
${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" line paths=none
  # bash makes "=" a word of its own.
  [[ "$current" == = ]] && current=
  COMPREPLY=()
  while IFS= read -r line; do
    case "$line" in
      none|file|folder) paths="$line" ;;
      *) COMPREPLY+=("$(printf '%q' "\${line%%$'\\t'*}")") ;;
    esac
  done < <("\${COMP_WORDS[0]}" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  case "$paths" in
    file) compopt -o filenames 2>/dev/null; while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current") ;;
    folder) compopt -o filenames 2>/dev/null; while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$current") ;;
  esac
}
complete -F ${name} ${program}
`;
}

function zsh(program: string, name: string, asks: string): string {
  return `#compdef ${program}
# Completion of ${program} for zsh. Put into ~/.zshrc, after compinit:  source <(${asks})
${name}() {
  local -a lines offers
  local line paths=none
  lines=("\${(@f)$("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in $lines; do
    case "$line" in
      none|file|folder) paths="$line" ;;
      *) offers+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done
  (( $#offers )) && _describe '${program}' offers
  case "$paths" in
    file) _files ;;
    folder) _files -/ ;;
  esac
}
compdef ${name} ${program}
`;
}

function fish(program: string, name: string, asks: string): string {
  return `# Completion of ${program} for fish. Put into ~/.config/fish/config.fish:  ${asks} | source
function ${name}
  set -l words (commandline -opc) (commandline -ct)
  set -l lines ($words[1] __complete $words[2..-1] 2>/dev/null)
  switch "$lines[1]"
    case file
      __fish_complete_path (commandline -ct)
    case folder
      __fish_complete_directories (commandline -ct)
  end
  printf '%s\\n' $lines[2..-1]
end
complete -c ${program} -f -a '(${name})'
`;
}
