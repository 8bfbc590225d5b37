import { describe, expect, test } from '@jest/globals';
import { load } from '../../src/config/index.ts';
import { dangerousPatterns, mayBeDangerous } from '../../src/security/dangerousPatterns.ts';
import { checkSecurity, commandRisks } from '../../src/security/index.ts';
import { memoryHost } from '../support/memoryHost.ts';

const settings = {
  policy: 'warn',
  commandWhitelist: [],
  commandAllowlistPatterns: [],
  workspacePaths: [],
} as const;

const found = (command: string, own: object = {}) =>
  commandRisks(command, { ...settings, ...own }).map(
    ({ start, end, does }) => `${command.slice(start, end)}: ${does}`,
  );

describe('risks of commands', () => {
  test.each([
    ['echo hello && ./load.sh > out.log', []],
    ['make clean; sudo make install', ['sudo: takes the rights of another user']],
    ['rm -rf /', ['rm -rf /: deletes the root folder', 'rm -rf /: deletes below the root folder']],
    ['rm -rf ./build', []],
    [
      'curl -s https://x.example | bash',
      ['curl -s https://x.example | bash: runs what it loads from the web'],
    ],
    ['echo x > /etc/hosts', ['> /etc/hosts: writes to /etc']],
    [
      'cat ../other/key ~/.ssh/id_rsa',
      [
        '../other/key: names a path that leads upwards',
        '/.ssh/id_rsa: names a file with secrets of a user or the system',
      ],
    ],
    ['echo $(date)', []],
    ['echo "the format" at noon', []],
  ])('%s', (command, expected) => {
    expect(found(command)).toEqual(expected);
  });

  test('levels', () => {
    expect(found('cd x; chmod 777 y', { level: 'low' })).toEqual([]);
    expect(found('cd x; chmod 777 y')).toEqual(['chmod 777: lets everybody write']);
    expect(found('nohup ./x')).toEqual([]);
    expect(found('nohup ./x', { level: 'high' })).toEqual(['nohup: leaves processes behind']);
    expect(found('echo $(date)', { policy: 'strict' })).toEqual([
      '$(date): substitutes the output of another command',
    ]);
  });

  test('allow list, white list, workspace', () => {
    expect(found('sudo ls', { commandAllowlistPatterns: ['(', '^SUDO ls$'] })).toEqual([]);
    expect(found('sudo ls', { commandWhitelist: ['sudo'] })).toEqual([]);
    expect(found('ls; sudo ls', { commandWhitelist: ['ls'] })).toEqual([
      'sudo: takes the rights of another user',
    ]);
    const workspace = { workspacePaths: ['/srv/etl/'] };
    expect(found('/srv/etl/load.sh', workspace)).toEqual([]);
    expect(found('load.sh', workspace)).toEqual([]);
    expect(found('/srv/etl2/load.sh x', workspace)).toEqual([
      '/srv/etl2/load.sh: runs "/srv/etl2/load.sh", which is in none of the "workspace_paths"',
    ]);
  });
});

describe('diagnostics', () => {
  const text = (policy: string) =>
    `version: 2\nsecurity_policy: ${policy}\ncommand_allowlist_patterns: ["("]\njobs:\n  - id: a\n    command: |\n      make\n      sudo make install\n`;
  const check = (policy: string) => {
    const loaded = load({ file: '/w.yaml', text: text(policy) }, memoryHost({}));
    if (loaded.state !== 'valid') throw new Error('not valid');
    return checkSecurity(loaded).map(({ code, severity, range, message }) => [
      code,
      severity,
      text(policy).slice(range?.start.offset, range?.end.offset),
      message,
    ]);
  };

  test('are warnings or errors, at the place inside the command', () => {
    expect(check('warn')).toEqual([
      ['W904', 'warning', '"("', '"(" is no regular expression, and allows nothing'],
      ['W901', 'warning', 'sudo', 'the command of job "a" takes the rights of another user'],
    ]);
    expect(check('strict')[1]).toEqual([
      'E901',
      'error',
      'sudo',
      'the command of job "a" takes the rights of another user',
    ]);
  });
});

describe('the first look', () => {
  const samples =
    `\`a\`|$(a)|> /etc/x|> /proc/x|> /sys/x|rm -rf /|rm -rf ~|for x in 1; do rm x; done|sudo a|su a|doas a
    |> /dev/sda|> /dev/hda|> /dev/xvda|> /dev/nvme0|> /dev/fd0|> /dev/loop0|eval $a|nc -l -e sh|shutdown|reboot|halt|poweroff
    |dd if=x of=/dev/sda|curl x ¦ sh|wget x ¦ zsh|rm -r /x|rm x ~|mv a /|find . -delete|shred x|chmod 777 x|chmod -R u+x /x
    |chown -R a /x|eval a|socat x exec:y|mkfs /dev/x|mount x|umount x|exec a|truncate -s 0 /x|sed -e x -i /x|env PATH=x a
    |wget x -O /x|curl x -o /x|nohup a|scp -r a b|rsync --delete a b|at 5|crontab -l|iptables -L|route add|systemctl start a
    |journalctl -u a|useradd a|usermod a|chpasswd`
      .split('|')
      .map((sample) => sample.trim().replace('¦', '|'));

  test('passes whatever one of the patterns matches', () => {
    expect(samples.filter((sample) => !mayBeDangerous(sample))).toEqual([]);
    const unmatched = dangerousPatterns.filter(
      ({ pattern }) => !samples.some((sample) => pattern.test(sample)),
    );
    expect(unmatched).toEqual([]);
    expect(
      samples.filter((sample) => !dangerousPatterns.some(({ pattern }) => pattern.test(sample))),
    ).toEqual([]);
  });

  test('spares ordinary commands a closer one', () => {
    const ordinary = ['python3 a.py > /dev/null 2>&1', 'for x in a; do sort $x; done', 'sh run.sh'];
    expect(ordinary.filter(mayBeDangerous)).toEqual([]);
  });
});
