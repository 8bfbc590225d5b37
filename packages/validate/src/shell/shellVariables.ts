// Variables that a shell sets itself, so that no configuration need do it.

/** POSIX.1-2024, 2.5.3, and what dash sets. */
const posix = 'HOME IFS LINENO OLDPWD OPTARG OPTIND PATH PPID PS1 PS2 PS4 PWD';

const bash =
  'BASH BASHOPTS BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND BASH_EXECUTION_STRING BASH_LINENO BASH_REMATCH BASH_SOURCE BASH_SUBSHELL BASH_VERSINFO BASH_VERSION COPROC DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD HOSTNAME HOSTTYPE MACHTYPE OSTYPE PIPESTATUS RANDOM REPLY SECONDS SHELL SHELLOPTS SHLVL SRANDOM TERM UID _';

const posixNames: ReadonlySet<string> = new Set(posix.split(' '));
const bashNames: ReadonlySet<string> = new Set([...posixNames, ...bash.split(' ')]);

/** Whether the shell of this language gives the variable a value by itself. */
export function isSetByShell(name: string, isPosix: boolean): boolean {
  return (isPosix ? posixNames : bashNames).has(name);
}
