import { expect, test } from '@jest/globals';
import { callName } from '../../src/cli/callName.ts';
import { exampleLine } from '../../src/cli/help.ts';
import { defineCommand, memoryIo, type Program, runProgram } from '../../src/cli/index.ts';

const throughNpx = { npm_command: 'exec' };

test('a program that npx has started is called by npx again', () => {
  expect(callName('executioner', {})).toBe('executioner');
  expect(callName('executioner', { npm_command: 'run-script' })).toBe('executioner');
  expect(callName('executioner', throughNpx)).toBe('npx @executioner/cli');
  expect(callName('executioner-engine', throughNpx)).toBe('npx @executioner/engine');
});

test.each([
  ['executioner plan', 'executioner run --plan plan.json'],
  ['npx @executioner/cli plan', 'npx @executioner/cli run --plan plan.json'],
  ['executioner-engine', 'executioner-engine --plan plan.json'],
  ['npx @executioner/engine', 'npx @executioner/engine --plan plan.json'],
])('an example under %s', (calledAs, line) => {
  expect(exampleLine({ command: 'run --plan plan.json', summary: '' }, calledAs)).toBe(line);
});

test('help and hints name what can be typed, and the version names the program', async () => {
  const command = defineCommand({
    name: 'run',
    summary: 'run things',
    examples: [{ command: 'run x', summary: 'run x' }],
    run: () => 0,
  });
  const program: Program = {
    name: 'executioner',
    summary: 'Does things.',
    version: '1.2.3',
    commands: [{ name: 'run', summary: '', load: () => Promise.resolve(command) }],
  };
  const call = async (...argv: string[]) => {
    const memory = memoryIo({ cwd: '/', env: throughNpx });
    await runProgram(program, argv, memory.io);
    return memory.stdout() + memory.stderr();
  };
  expect(await call('run', '--help')).toMatch(
    /^npx @executioner\/cli run: run things\n\nUsage: npx @executioner\/cli run \[options\]\n/,
  );
  expect(await call('run', '--help')).toContain('$ npx @executioner/cli run x\n');
  expect(await call('rum')).toContain('did you mean "npx @executioner/cli run"?');
  expect(await call('run', '--version')).toBe('executioner 1.2.3\n');
});
