// What of a command is read: for each construct a command without a fault, which must be silent, and one with a fault,
// which must be found at its place. docs/validate.md lists the constructs.
import { describe, expect, test } from '@jest/globals';
import { validate, type World } from '../../src/index.ts';
import { hostOf } from '../host.ts';

const programs = new Set(
  'bash cat dbus-run-session docker doas echo env find flock gzip ionice kubectl nice nohup parallel podman python3 runuser script setsid sh sleep sort ssh stdbuf su sudo tee time timeout true watch wc xargs'
    .split(' ')
    .map((name) => `/bin/${name}`)
    .concat('/sbin/fsck'),
);
const folders = new Set(['/', '/bin', '/sbin', '/data', '/work']);
const files = new Set(['/work/x.py', '/data/in.csv']);

const host = hostOf();
const world: World = {
  lookAt: (path) =>
    folders.has(path)
      ? { kind: 'folder', isReadable: true, isExecutable: true }
      : programs.has(path) || files.has(path)
        ? { kind: 'file', isReadable: true, isExecutable: programs.has(path) }
        : { kind: 'missing' },
  realPath: (path) => (path === '/bin/sh' ? '/bin/dash' : path),
  checkSyntax: () => undefined,
};

/** Codes of what is worse than an information with the text that they point at. */
function findings(command: string, shell = '/bin/bash'): string[] {
  const text = JSON.stringify({ version: 2, shell, jobs: [{ id: 'a', description: 'x', command }] });
  const { diagnostics } = validate(
    { file: '/work/w.json', text },
    { host, world, environment: { PATH: '/bin', HOME: '/home/ann' } },
  );
  return diagnostics
    .filter(({ code }) => /^[EW][45]|^I401/.test(code))
    .map(({ code, range }) => `${code} ${text.slice(range!.start.offset, range!.end.offset)}`);
}

describe.each<[string, string, string, string]>([
  ['pipes', 'cat /data/in.csv | sort | wc -l', 'cat /data/in.csv | srot', 'W401 srot'],
  ['lists', 'echo a; true && sort x || echo b', 'true && nope', 'W401 nope'],
  ['subshells and groups', '(cd /data; sort in.csv); { echo a; }', '(cd /dta; sort in.csv)', 'W404 /dta'],
  ['if', 'if [ -f x ]; then cat x; elif true; then :; else echo; fi', 'if true; then nope; fi', 'I401 nope'],
  [
    'while',
    'while read -r l; do echo "$l"; done < /data/in.csv',
    'while true; do :; done < /data/on.csv',
    'W405 /data/on.csv',
  ],
  ['for', 'for f in a b; do echo $f; done', 'for f in a b; do nope $f; done', 'W401 nope'],
  ['case', 'case $HOME in /*) echo a;; *) echo b;; esac', 'case a in a) nope;; esac', 'I401 nope'],
  ['functions', 'f() { echo "$1"; }; f x', 'f() { nope; }; f', 'I401 nope'],
  ['aliases', "alias ll='echo l'; ll", "alias ll='echo l'; lll", 'W401 lll'],
  ['command substitution', 'echo "$(sort x | wc -l)" `true`', 'echo "$(nope)"', 'W401 nope'],
  ['process substitution', 'sort <(cat /data/in.csv)', 'sort <(nope)', 'W401 nope'],
  ['here-documents', "cat <<'END'\n$(nope) it's\nEND", 'cat <<END\n$(nope)\nEND', 'W401 nope'],
  [
    'here-documents for a shell',
    "bash -s <<'END'\nsort x | wc -l\nEND",
    'sh -s x <<END\nnope "$HOME"\nEND',
    'W401 nope',
  ],
  [
    'here-documents for the shell of another user',
    "sudo -u ann bash <<'END'\nsort x\nEND",
    "sudo bash <<-'END'\n\tcd /dta\n\tEND",
    'W404 /dta',
  ],
  [
    'here-documents for others',
    "bash /work/x.py <<'END'\nnope |\nEND",
    "bash <<'END'\nsort x |\nEND",
    'E401 \\n',
  ],
  ['arithmetic', 'i=0; while (( i < 3 )); do ((i++)); done', 'echo $(( $(nope) + 1 ))', 'W401 nope'],
  ['redirections', 'echo a > /data/out 2>&1', 'echo a > /dta/out', 'W405 /dta/out'],
  ['assignments', 'A=1 B=2 env', 'A=1 nope', 'W401 nope'],
  ['env', 'env -i A=b -u C PATH=/x y', 'env A=b nope', 'W401 nope'],
  ['sudo', 'sudo -u root fsck -a', 'sudo -u root nope', 'W401 nope'],
  ['doas', 'doas fsck', 'doas nope', 'W401 nope'],
  ['nohup', 'nohup sort x', 'nohup nope', 'W401 nope'],
  ['timeout', 'timeout -k 5 --signal=TERM 1h sort x', 'timeout 5 nope', 'W401 nope'],
  ['nice', 'nice -n 10 sort x', 'nice -n 10 nope', 'W401 nope'],
  ['ionice', 'ionice -c 2 -n 7 sort x', 'ionice -c2 nope', 'W401 nope'],
  ['time', 'time sort x; time -p sort y', 'time nope', 'W401 nope'],
  ['setsid', 'setsid -w sort x', 'setsid nope', 'W401 nope'],
  ['stdbuf', 'stdbuf -oL -e0 sort x', 'stdbuf -o L nope', 'W401 nope'],
  ['flock', 'flock -n /data/lock sort x', 'flock -w 5 /data/lock nope', 'W401 nope'],
  ['flock -c', "flock /data/lock -c 'sort x | wc -l'", "flock /data/lock -c 'sort x | nope'", 'W401 nope'],
  ['xargs', 'echo a | xargs -0 -I{} -P 4 gzip {}', 'echo a | xargs -n 1 nope', 'W401 nope'],
  [
    'xargs sh -c',
    'echo a | xargs sh -c \'gzip "$@"\' _',
    'echo a | xargs sh -c \'nope "$@"\' _',
    'W401 nope',
  ],
  [
    'find -exec',
    'find . -name x -exec gzip {} + -execdir cat {} \\;',
    'find . -exec nope {} \\;',
    'W401 nope',
  ],
  [
    'find -exec sh -c',
    'find . -exec sh -c \'gzip "$1"\' _ {} \\;',
    "find . -exec sh -c 'nope $1' _ {} \\;",
    'W401 nope',
  ],
  ['parallel', 'parallel -j 4 gzip {} ::: a b', 'parallel --jobs 4 nope ::: a b', 'W401 nope'],
  [
    'parallel with a text',
    "parallel 'sort {} | gzip > {.}.gz' ::: a b",
    "parallel -j2 'nope {}' ::: a",
    'W401 nope',
  ],
  ['parallel python3', 'parallel python3 ::: a.py b.py', 'parallel python3 y.py ::: a', 'W402 y.py'],
  ['watch', 'watch -n 5 sort x', 'watch nope', 'W401 nope'],
  ['watch with a text', "watch -n 5 'sort x | wc -l'", "watch 'sort x | nope'", 'W401 nope'],
  ['eval', 'eval "sort x"', "eval 'sort x |'", 'E401 |'],
  ['sh -c', "sh -ec 'sort x | wc -l' name", "sh -c 'python3 y.py'", 'W402 y.py'],
  ['bash -c in double quotes', 'bash -c "echo \\"it\'s $HOME\\""', 'bash -c "sort x | nope"', 'W401 nope'],
  ['su -c', 'su - postgres -c \'psql -c "select 1"\'', "su ann -c 'sort x |'", 'E401 |'],
  ['runuser -c', "runuser -u ann -- sort x; runuser ann -c 'psql'", "runuser ann -c 'a \"b'", 'E401 \\"'],
  ['script -c', "script -qc 'sort x' log", "script -qc 'nope' log", 'W401 nope'],
  ['trap', 'trap \'echo "done"; true\' EXIT; trap - INT', "trap 'nope x' EXIT", 'I401 nope'],
  ['ssh', 'ssh -p 22 ann@host \'cd /srv && ./run.sh "$X" | mysql\'', "ssh host 'cd /srv && (run'", 'E401 n'],
  [
    'ssh with a here-document',
    "ssh -T host <<'END'\ncd /srv && ./run.sh\nEND",
    "ssh host bash -s <<'END'\nif ./run.sh\nEND",
    'E401 \\n',
  ],
  ['ssh with several words', "ssh host cd /srv '&&' ./run.sh", 'ssh host echo "it\'s"', 'E401 \\"it\'s\\"'],
  [
    'docker with a here-document',
    "docker exec -i db sh <<'END'\nnope\nEND",
    "docker exec -i db sh <<'END'\na |\nEND",
    'E401 \\n',
  ],
  ['ssh with words', 'ssh host uptime', 'ssh host uptime | nope', 'W401 nope'],
  [
    'docker run',
    "docker run --rm -v /x:/y img sh -c 'apk add y && y'",
    "docker run img sh -c 'a \"b'",
    'E401 \\"',
  ],
  ['docker exec', 'docker exec -i db psql -f /sql/x.sql', 'docker exec db psql | nope', 'W401 nope'],
  ['podman', "podman run img bash -lc 'dnf -y up'", "podman run img bash -c 'if a; then'", 'E401 n'],
  [
    'kubectl exec',
    "kubectl exec pod -- sh -c 'rails db:migrate'",
    "kubectl exec pod -- sh -c 'a |'",
    'E401 |',
  ],
  ['bash syntax', '[[ -f x && $HOME =~ ^/ ]] && arr=(1 2) && echo "${arr[@]}"', 'echo ${HOME', 'E401 $'],
])('%s', (_what, good, bad, expected) => {
  test(good, () => {
    expect(findings(good)).toEqual([]);
  });

  test(bad, () => {
    expect(findings(bad)).toContain(expected);
  });
});

describe('a program that may be there by then', () => {
  test.each([
    'pip install ruff && ruff check .',
    'python3 -m pip install -r requirements.txt; pytest -q',
    'sudo apt-get install -y jq && jq . x',
    'npm ci; npx jest; jest',
    'curl -fsSLo /bin/kind https://x/kind && chmod +x /bin/kind && kind version',
    'command -v jq && jq . x',
    'jq . x || true',
  ])('%s', (command) => {
    expect(findings(command).filter((finding) => !/pip|apt-get|npm|npx|curl|chmod/.test(finding))).toEqual(
      [],
    );
  });

  test('is missing when what is installed comes later, or is asked for and not installed', () => {
    expect(findings('nope; sudo apt-get install -y nope')).toContain('W401 nope');
    expect(findings('apt-get update && nope')).toContain('W401 nope');
  });

  test('is found when an earlier job installs it', () => {
    const workflow = (dependencies: readonly string[]) =>
      JSON.stringify({
        version: 2,
        jobs: [
          { id: 'setup', description: 'x', command: 'python3 -m pip install dbt' },
          { id: 'run', description: 'x', command: 'dbt run', dependencies },
        ],
      });
    const codes = (text: string) =>
      validate(
        { file: '/work/w.json', text },
        { host, world, environment: { PATH: '/bin' } },
      ).diagnostics.map(({ code }) => code);
    expect(codes(workflow(['setup']))).toEqual([]);
    expect(codes(workflow([]))).toEqual(['W401']);
  });
});
