import { literalOf, type ShellWord } from './word.ts';

const containers =
  /^(?:docker|podman|nerdctl|kubectl|oc|docker-compose|lxc|singularity|apptainer|machinectl|chroot)$/;
const sshValued = 'BbcDEeFIiJLlmOopQRSWw';

/** Whether a program starts commands where this machine's programs and files are not: on another one, or in a container. */
export function isRemote(program: string): boolean {
  return program === 'ssh' || containers.test(program);
}

/**
 * The text that a shell elsewhere is given: `ssh host 'text'`, `docker run image sh -c 'text'`. Its syntax can be looked
 * at; what it names is not on this machine.
 */
export function remoteText(program: string, args: readonly ShellWord[]): ShellWord | undefined {
  if (program === 'ssh') return sshText(args);
  if (!containers.test(program)) return undefined;
  const shell = args.findIndex((word) => /^(?:\/\S*\/)?(?:ba|da|a)?sh$/.test(literalOf(word) ?? ''));
  const option = args[shell + 1];
  return shell !== -1 && option !== undefined && /^-[a-z]*c$/.test(literalOf(option) ?? '')
    ? args[shell + 2]
    : undefined;
}

/** One word behind the host: several are joined before they are read. */
function sshText(args: readonly ShellWord[]): ShellWord | undefined {
  let at = 0;
  for (; at < args.length; at++) {
    const text = literalOf(args[at]!);
    if (text === undefined || !/^-./.test(text)) break;
    const letters = text.slice(1);
    const valued = [...letters].findIndex((letter) => sshValued.includes(letter));
    if (valued === letters.length - 1) at++;
  }
  const command = args.slice(at + 1);
  return command.length === 1 ? command[0] : undefined;
}
