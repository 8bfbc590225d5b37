import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  type CompletionRoot,
  complete,
  completionScript,
  defineCommand,
  memoryIo,
} from '../../src/cli/index.ts';
import { call, sampleCommand } from './sample.ts';

const runs = defineCommand({
  name: 'runs',
  summary: 'show runs',
  positionals: {
    run: { summary: 'a run', complete: () => Promise.resolve(['12', '13', '27']) },
    folder: { summary: 'where', complete: 'folder' },
  },
  options: {
    skip: { type: 'list', summary: 'jobs', complete: () => Promise.resolve(['load', 'list', 'send']) },
    broken: { type: 'text', summary: 'cannot be completed', complete: () => Promise.reject(new Error('no')) },
  },
  examples: [],
  run: () => 0,
});

const tool: CompletionRoot = { kind: 'tool', name: 'sample', command: sampleCommand };
const program: CompletionRoot = {
  kind: 'program',
  program: {
    name: 'tool',
    summary: '',
    version: '1',
    defaultCommand: 'sample',
    commands: [
      { name: 'sample', summary: 'prints', load: () => Promise.resolve(sampleCommand) },
      { name: 'runs', summary: 'show runs', load: () => Promise.resolve(runs) },
    ],
  },
};

async function offered(root: CompletionRoot, words: string[]): Promise<string[]> {
  const { paths, words: found } = await complete(root, words, memoryIo().io);
  return [...(paths === 'none' ? [] : [`<${paths}>`]), ...found.map(({ word }) => word)];
}

const cases: [root: CompletionRoot, words: string[], offers: string[]][] = [
  [tool, ['--dr'], ['--dry-run']],
  [tool, ['--no-'], ['--no-timings', '--no-color']],
  [tool, ['--max'], []],
  [tool, ['--secr'], []],
  [tool, ['x', '--pa'], ['--parallel']],
  [tool, ['--config', ''], ['<file>']],
  [tool, ['-c', 'fl'], ['<file>']],
  [tool, ['--order', 'f'], ['file']],
  [tool, ['--order=f'], ['--order=file']],
  [tool, ['--order', '=', 'f'], ['file']],
  [tool, ['--format', ''], ['text', 'json']],
  [tool, ['--workers', ''], []],
  [tool, [''], []],
  [program, [''], ['<file>', 'sample', 'runs', 'help', 'completion']],
  [program, ['ru'], ['<file>', 'runs']],
  [program, ['--dr'], ['--dry-run']],
  [program, ['--quiet', 'ru'], ['<file>', 'runs']],
  [program, ['help', 's'], ['sample']],
  [program, ['completion', 'z'], ['zsh']],
  [program, ['runs', ''], ['12', '13', '27']],
  [program, ['runs', '1'], ['12', '13']],
  [program, ['runs', '--skip', 'load', '2'], ['27']],
  [program, ['runs', '12', ''], ['<folder>']],
  [program, ['runs', '12', 'x', ''], []],
  [program, ['runs', '--skip', 'l'], ['load', 'list']],
  [program, ['runs', '--skip', 'send,l'], ['send,load', 'send,list']],
  [program, ['runs', '--skip=send,lo'], ['--skip=send,load']],
  [program, ['runs', '--broken', ''], []],
  [program, ['--config', ''], ['<file>']],
];

test.each(cases.map(([root, words, offers]) => [words, offers, root] as const))(
  '%j: %j',
  async (words, offers, root) => {
    expect(await offered(root, [...words])).toEqual(offers);
  },
);

test('a tool prints its script, and answers what the script asks', async () => {
  expect((await call(['--completion', 'bash'])).stdout).toBe(
    completionScript('bash', { program: 'sample', asks: 'sample --completion bash' }),
  );
  expect(await call(['__complete', '--dr'])).toEqual({
    exitCode: 0,
    stdout: 'none\n--dry-run\tstart nothing\n',
    stderr: '',
  });
});

test('a shell that is not known is wrong usage', async () => {
  expect(await call(['--completion', 'tcsh'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'error USAGE: completion is for bash, zsh, fish, not "tcsh"\nhint: for bash, put this into ~/.bashrc: source <(sample --completion bash)\n',
  });
});

const bash = spawnSync('bash', ['--version']).status === 0 ? describe : describe.skip;

bash('in bash itself', () => {
  test('words, values after "=" and files are offered', () => {
    const folder = mkdtempSync(join(tmpdir(), 'executioner-bash-'));
    try {
      // Stands for the program: answers as the protocol has it.
      const answers = `#!/bin/sh\nshift\nfor last; do :; done\ncase "$last" in\n --or*) printf 'none\\n--order=\\ta b\\n' ;;\n f) printf 'none\\nfile\\t\\nfast lane\\t\\n' ;;\n *) printf 'file\\nrun\\tx\\n' ;;\nesac\n`;
      writeFileSync(join(folder, 'sample'), answers);
      chmodSync(join(folder, 'sample'), 0o755);
      writeFileSync(join(folder, 'flow.yaml'), '');
      const ask = (...words: string[]) => {
        const script = `${completionScript('bash', { program: 'sample', asks: '' })}
cd ${folder}; PATH="${folder}:$PATH"
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_sample_complete; printf '%s\\n' "\${COMPREPLY[@]}"`;
        const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
        return { stdout: stdout.split('\n').filter(Boolean).sort(), stderr };
      };
      expect([
        ask('sample', '--or'),
        ask('sample', '--order', '=', 'f'),
        ask('sample', ''),
        ask('sample', 'fl'),
      ]).toEqual([
        { stdout: ['--order='], stderr: '' },
        { stdout: ['fast\\ lane', 'file'], stderr: '' },
        { stdout: ['flow.yaml', 'run', 'sample'], stderr: '' },
        { stdout: ['flow.yaml', 'run'], stderr: '' },
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
