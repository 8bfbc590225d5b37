import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { commandsPage } from '../src/commandsPage.ts';
import { program } from '../src/program.ts';

test('docs/commands.md is what the flag tables say: else run "node scripts/generate-commands.mjs"', async () => {
  expect(readFileSync(new URL('../../../docs/commands.md', import.meta.url), 'utf8')).toBe(
    await commandsPage(),
  );
});

test('the table of commands says of each what the command says of itself', async () => {
  // One after the other: jest links modules that are imported at once twice.
  const commands = [];
  for (const entry of program.commands) commands.push(await entry.load());
  expect(program.commands.map(({ name, summary }) => ({ name, summary }))).toEqual(
    commands.map(({ name, summary }) => ({ name, summary })),
  );
});
