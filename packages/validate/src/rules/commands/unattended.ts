import type { Invocation } from '../../shell/commandFacts.ts';
import { literalOf } from '../../shell/word.ts';
import { Grouping } from '../grouping.ts';
import type { Rule } from '../rule.ts';
import type { JobSubject } from '../subject.ts';

export const unattended: Rule = {
  code: 'W414',
  title: 'Program that wants a person',
  severity: 'warning',
  explanation:
    'A command starts a program so that it asks somebody or needs a terminal, and a job has neither: its standard input is empty. `apt-get install` without `-y` gives up at its question, `docker run -it` and `docker exec -it` refuse to start without a terminal, `mysql -p` waits for a password at one, and editors have nobody to edit for.',
  remedy:
    'Add the option that answers (`-y`), leave out the one that asks (`-t`), or give the answer in a file.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: tools\n    description: Installs the tools\n    command: apt-get update && apt-get install jq # executioner-ignore W401\n',
    mended:
      'version: 2\njobs:\n  - id: tools\n    description: Installs the tools\n    command: apt-get update && apt-get install -y jq # executioner-ignore W401\n',
  },
  check(subject, report) {
    const groups = new Grouping<Demand & { readonly program: string }>(subject, 'W414');
    const look = (job: JobSubject): void => {
      for (const invocation of job.facts?.invocations ?? []) {
        const program = invocation.program?.baseName ?? '';
        const demand = mayAsk.has(program) ? demandOf(program, invocation, job) : undefined;
        if (demand === undefined) continue;
        const occurrence = { job: job.job.id, place: job.placeInCommand(invocation.name) };
        groups.add(`${program} ${demand.why}`, { program, ...demand }, occurrence);
      }
    };
    return {
      job: look,
      end: () =>
        groups.report(report, ({ program, why, hint }, who, isOne) => ({
          message: `${who} ${isOne ? 'starts' : 'start'} ${program} so that it ${why}, and nobody is there`,
          hint,
        })),
    };
  },
};

interface Demand {
  readonly why: string;
  readonly hint: string;
}

const editors = ['vi', 'vim', 'nano', 'emacs', 'visudo', 'htop'];
const installers = ['apt', 'apt-get', 'aptitude', 'yum', 'dnf', 'zypper', 'pacman'];
const mayAsk: ReadonlySet<string> = new Set([
  ...editors,
  ...installers,
  'docker',
  'mysql',
  'mysqldump',
  'mariadb',
]);

function demandOf(program: string, invocation: Invocation, job: JobSubject): Demand | undefined {
  const { args, isTolerated } = invocation;
  if (isTolerated || isAnswered(invocation, job)) return undefined;
  const words = args.map((word) => literalOf(word));
  // What comes from a variable may be the option that answers.
  if (words.includes(undefined)) return undefined;
  const texts = words as string[];
  if (installers.includes(program)) return asksBeforeInstalling(program, texts);
  if (program === 'docker') return needsTerminal(texts);
  if (editors.includes(program)) {
    const isBatch = texts.some((text) => /^-[a-zA-Z]*[esc]|^--batch|^--version|^--help/.test(text));
    return isBatch
      ? undefined
      : { why: 'waits for somebody at a terminal', hint: 'change files with sed or a script' };
  }
  const asks = texts.includes('-p') || texts.includes('--password');
  return asks
    ? { why: 'asks for a password', hint: 'name a file with --defaults-extra-file, or set MYSQL_PWD' }
    : undefined;
}

/** A file, or a program in a pipe before this one, gives the answers. */
function isAnswered({ name }: Invocation, { facts, job: { command } }: JobSubject): boolean {
  const { invocations, redirections } = facts!;
  const answers = ['yes', 'echo', 'printf', 'cat', 'expect', 'script'];
  const next = invocations.find((other) => other.name.start > name.start)?.name.start ?? command.length;
  return (
    redirections.some(
      ({ kind, target }) => kind === 'read' && target.start > name.start && target.start < next,
    ) ||
    invocations.some((other) => {
      if (other.name.start >= name.start || !answers.includes(literalOf(other.name) ?? '')) return false;
      const end = other.args.at(-1)?.end ?? other.name.end;
      // `script -c '…'` holds it, or a pipe leads to it.
      return end > name.start || /^[^|;&\n]*\|[^|;&\n]*$/.test(command.slice(end, name.start));
    })
  );
}

function asksBeforeInstalling(program: string, texts: readonly string[]): Demand | undefined {
  const verbs =
    program === 'pacman'
      ? /^-S[a-z]*$/
      : /^(?:install|in|upgrade|update|dist-upgrade|full-upgrade|remove|purge|autoremove|erase)$/;
  const verb = texts.find((text) => verbs.test(text));
  const isHarmless = verb === 'update' && program.startsWith('apt');
  if (verb === undefined || isHarmless || /^-S[a-z]*[sil]/.test(verb)) return undefined;
  const answer =
    /^(?:-[a-zA-Z]*[yn][a-zA-Z]*|--yes|--assume-?yes|--assume-?no|-qq+|-q=[12]|--quiet=2|--noconfirm|--non-interactive|--no-confirm|-s|--simulate|--dry-run|--just-print|-d|--download-only|--downloadonly|--print-uris|--help|-h|.*[Aa]ssume-[Yy]es.*)$/;
  if (texts.some((text) => answer.test(text))) return undefined;
  const option = { pacman: '--noconfirm', zypper: '-n before the command' }[program] ?? '-y';
  return { why: 'asks before it changes anything', hint: `add ${option}` };
}

/** `-t` of `docker run` and `docker exec`, before the image or container is named. */
function needsTerminal(texts: readonly string[]): Demand | undefined {
  const verb = texts.findIndex((text) => text === 'run' || text === 'exec');
  if (verb === -1 || texts[0] === 'compose') return undefined;
  for (const text of texts.slice(verb + 1)) {
    if (!text.startsWith('-')) return undefined;
    if (text === '--tty' || text === '--tty=true' || /^-[id]*t[id]*$/.test(text)) {
      const isDetached = texts.some((other) => other === '--detach' || /^-[it]*d[it]*$/.test(other));
      return isDetached ? undefined : { why: 'needs a terminal', hint: 'leave out the -t' };
    }
  }
  return undefined;
}
