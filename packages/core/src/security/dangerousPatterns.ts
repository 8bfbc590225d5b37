/** How suspicious one must be to mind: `critical` always, `medium` and `high` at that `security_level` or above. */
export type RiskLevel = 'critical' | 'medium' | 'high';

export interface DangerousPattern {
  readonly level: RiskLevel;
  readonly pattern: RegExp;
  /** What the command does, as it follows "the command". */
  readonly does: string;
  /** Ordinary in shell commands: minded only under the policy `strict` or at the level `high`. */
  readonly ordinary?: true;
}

/** Where a command begins: at the start, or behind an operator of the shell. */
const begins = '(?:^|[;&|(\\n])\\s*';

function pattern(level: RiskLevel, source: string, does: string): DangerousPattern {
  return { level, pattern: new RegExp(source, 'i'), does };
}

/**
 * The dangers that version 1 lists, with its levels. Patterns see neither quoting nor what a script does that the command
 * calls: they catch slips, not attackers.
 */
export const dangerousPatterns: readonly DangerousPattern[] = [
  {
    ...pattern('critical', '`[^`]*`', 'substitutes the output of another command (backticks)'),
    ordinary: true,
  },
  { ...pattern('critical', '\\$\\([^)]*\\)', 'substitutes the output of another command'), ordinary: true },
  pattern('critical', '>\\s*/etc/\\w+', 'writes to /etc'),
  pattern('critical', '>\\s*/proc/\\w+', 'writes to /proc'),
  pattern('critical', '>\\s*/sys/\\w+', 'writes to /sys'),
  pattern('critical', `${begins}rm\\s+-rf\\s+/(?=\\s|$|\\*)`, 'deletes the root folder'),
  pattern(
    'critical',
    `${begins}rm\\s+-rf\\s+(?:~|\\.)(?=/?\\s|/?$|/\\*)`,
    'deletes the home or current folder',
  ),
  pattern('critical', '\\bfor\\b.*\\bdo\\b.*\\brm\\b', 'deletes in a loop'),
  pattern('critical', `${begins}(?:sudo|su|doas)\\b`, 'takes the rights of another user'),
  pattern('critical', '>\\s*/dev/(?:sd|hd|xvd|nvme|fd|loop)\\w*', 'writes to a raw device'),
  pattern('critical', '\\beval\\b.*\\$', 'evaluates a variable as a command'),
  pattern('critical', `${begins}nc\\s.*\\s-e\\s`, 'gives a program to the network with netcat'),
  pattern('critical', `${begins}(?:shutdown|reboot|halt|poweroff)\\b`, 'switches the machine off'),
  pattern('critical', `${begins}dd\\s.*\\bof=/dev/\\w+`, 'writes to a device with dd'),
  pattern(
    'critical',
    '\\b(?:curl|wget)\\b[^|]*\\|\\s*(?:ba|z|da|k)?sh\\b',
    'runs what it loads from the web',
  ),
  pattern('medium', `${begins}rm\\s+(?:-\\w*\\s+)*/`, 'deletes below the root folder'),
  pattern('medium', `${begins}rm\\s.*\\s~`, 'deletes in the home folder'),
  pattern('medium', `${begins}mv\\s+\\S+\\s+/(?=\\s|$)`, 'moves to the root folder'),
  pattern('medium', `${begins}find\\s.*\\s(?:-exec\\s+rm|-delete)\\b`, 'deletes what find finds'),
  pattern('medium', `${begins}shred\\b`, 'destroys files'),
  pattern('medium', `${begins}chmod\\s+(?:-\\w+\\s+)*[0-7]?777\\b`, 'lets everybody write'),
  pattern('medium', `${begins}chmod\\s+-R\\s.*\\s[~/]`, 'changes permissions of whole folders'),
  pattern('medium', `${begins}chown\\s+-R\\s.*\\s[~/]`, 'changes the owner of whole folders'),
  pattern('medium', `${begins}eval\\b`, 'evaluates a text as a command'),
  pattern('medium', '\\bsocat\\b.*exec', 'gives a program to the network with socat'),
  pattern('medium', `${begins}mkfs\\b`, 'makes a file system'),
  pattern('medium', `${begins}u?mount\\b`, 'mounts a file system'),
  pattern('high', `${begins}exec\\s`, 'replaces its shell'),
  pattern('high', `${begins}truncate\\s.*\\s[~/]`, 'truncates files'),
  pattern('high', `${begins}sed\\s.*-i\\b.*\\s[~/]`, 'changes files in their place'),
  pattern('high', '\\benv\\b.*\\bPATH=', 'changes where programs are found'),
  pattern('high', '\\bwget\\b.*\\s-O\\s+[~/]', 'overwrites files from the web'),
  pattern('high', '\\bcurl\\b.*\\s-o\\s+[~/]', 'overwrites files from the web'),
  pattern('high', '\\bnohup\\b', 'leaves processes behind'),
  pattern('high', '\\bscp\\b.*\\s-r\\b', 'copies whole folders to another machine'),
  pattern('high', '\\brsync\\b.*\\s--delete\\b', 'deletes on the other side'),
  pattern('high', `${begins}(?:at|crontab)\\b`, 'schedules commands'),
  pattern('high', `${begins}(?:iptables|route)\\b`, 'changes the network'),
  pattern('high', `${begins}(?:systemctl|journalctl)\\b`, 'controls or reads services'),
  pattern('high', `${begins}(?:useradd|usermod|chpasswd)\\b`, 'changes users'),
];

/**
 * Whether a command may match one of the patterns: it holds what one of them cannot do without. Most commands hold
 * nothing of it, and one look spares them forty.
 */
export function mayBeDangerous(command: string): boolean {
  return anyMark.test(command);
}

/** `for`, `do`, `sh` and `/dev/null` are in many commands, and danger is in none of them alone. */
const anyMark =
  /`|\$\(|\/(?:etc|proc|sys)\/|\/dev\/(?:sd|hd|xvd|nvme|fd|loop)|\b(?:at|chmod|chown|chpasswd|crontab|curl|dd|doas|env|eval|exec|find|halt|iptables|journalctl|mkfs|u?mount|mv|nc|nohup|poweroff|reboot|rm|route|rsync|scp|sed|shred|shutdown|socat|su|sudo|systemctl|truncate|useradd|usermod|wget)\b/i;
