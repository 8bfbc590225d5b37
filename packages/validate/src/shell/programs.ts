// Names that the shell knows itself, and programs of which it is known what they do to files.

/** Built into every POSIX shell (POSIX.1-2024, 1.6 and 2.15) or, though not required there, into dash and bash alike. */
const posixBuiltins =
  '. : [ alias bg break cd command continue echo eval exec exit export false fc fg getopts hash jobs kill local printf pwd read readonly return set shift test times trap true type ulimit umask unalias unset wait';

const bashBuiltins =
  'bind builtin caller compgen complete compopt declare dirs disown enable help history let logout mapfile popd pushd readarray shopt source suspend typeset';

export const posixBuiltinNames: ReadonlySet<string> = new Set(posixBuiltins.split(' '));
export const bashBuiltinNames: ReadonlySet<string> = new Set([
  ...posixBuiltinNames,
  ...bashBuiltins.split(' '),
]);

/**
 * Programs that make no files but those that their arguments or a redirection name. What any other program makes nobody
 * can tell from the command.
 */
const transparent = new Set(
  `awk gawk mawk basename cat chgrp chmod chown cksum cmp column comm cp cut date dd df diff dirname du egrep env expand
  expr fgrep file find fold free getconf gawk grep gzip gunzip head hostname iconv id install join jq less ln logger ls
  md5sum mkdir mkfifo mktemp more mv nl nproc numfmt od paste pathchk pgrep ping printenv ps pwd readlink realpath rev rm
  rmdir sed seq sha1sum sha256sum sha512sum shred shuf sleep sort stat stty sum sync tac tail tee timeout touch tr
  truncate tsort tty uname unexpand uniq unlink uptime wc which who whoami xargs yes zcat`
    .split(/\s+/)
    .concat([...bashBuiltinNames].filter((name) => !['.', 'source', 'eval'].includes(name))),
);

/** Whether a program may make files that nothing in its command names. */
export function isOpaque(name: string): boolean {
  return !transparent.has(name);
}

const readers = new Set(
  `[ basename cat cksum cmp comm df diff dirname du echo egrep fgrep file grep head hostname id ls md5sum nproc pgrep printenv
  printf ps pwd readlink realpath seq sha1sum sha256sum sha512sum sleep stat tail test true false : uname wc which who whoami`.split(
    /\s+/,
  ),
);

/** Whether a program makes no file at all, whatever its arguments. */
export function isReader(name: string): boolean {
  return readers.has(name);
}

/** Programs of which it is known which variables of the environment they heed. */
export function readsEnvironment(name: string): boolean {
  return (
    !transparent.has(name) || ['env', 'printenv', 'awk', 'gawk', 'mawk', 'xargs', 'find', 'jq'].includes(name)
  );
}
