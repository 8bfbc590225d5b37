import { readsInput } from './nestedText.ts';
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
  if (program === 'ssh') {
    const command = sshCommand(args);
    return command.length === 1 ? command[0] : undefined;
  }
  if (!containers.test(program)) return undefined;
  const shell = shellIn(args);
  const option = args[shell + 1];
  return shell !== -1 && option !== undefined && /^-[a-z]*c$/.test(literalOf(option) ?? '')
    ? args[shell + 2]
    : undefined;
}

/** Several words for the shell of another machine: `ssh` joins them by blanks, and their quotes are gone by then. */
export function remoteWords(program: string, args: readonly ShellWord[]): readonly ShellWord[] | undefined {
  const command = program === 'ssh' ? sshCommand(args) : [];
  return command.length > 1 && command.every((word) => literalOf(word) !== undefined) ? command : undefined;
}

/** Whether a shell elsewhere is started that reads commands from its input: `ssh host`, `ssh host bash -s`, `docker exec -i x sh`. */
export function readsInputElsewhere(program: string, args: readonly ShellWord[]): boolean {
  if (program === 'ssh') {
    const command = sshCommand(args);
    const [first] = command;
    if (first === undefined) return args.length > 0;
    const line = command.map((word) => literalOf(word) ?? '?').join(' ');
    return (
      /^(?:\/\S*\/)?(?:ba|da|a)?sh(?: -[a-z]+)*(?: -s(?: .*)?| -)?$/.test(line) && !/ -[a-z]*c/.test(line)
    );
  }
  if (!containers.test(program)) return false;
  const shell = shellIn(args);
  return shell !== -1 && readsInput('sh', args.slice(shell + 1));
}

function shellIn(args: readonly ShellWord[]): number {
  return args.findIndex((word) => /^(?:\/\S*\/)?(?:ba|da|a)?sh$/.test(literalOf(word) ?? ''));
}

/** The words behind the host. */
function sshCommand(args: readonly ShellWord[]): readonly ShellWord[] {
  let at = 0;
  for (; at < args.length; at++) {
    const text = literalOf(args[at]!);
    if (text === undefined || !/^-./.test(text)) break;
    const letters = text.slice(1);
    const valued = [...letters].findIndex((letter) => sshValued.includes(letter));
    if (valued === letters.length - 1) at++;
  }
  return args.slice(at + 1);
}
