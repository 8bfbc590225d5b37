import { builtIn } from './builtIn.ts';
import { runProgram } from './runProgram.ts';

export const command = builtIn('command', async ({ command: written, exit_code = 0 }, context) => {
  const { workingDir, environment, signal } = context;
  const expected = Number(exit_code);
  const vector = context.commandLine(written as string);
  if (!vector.ok) return { ok: false, values: { command: written }, message: vector.message };
  const end = await runProgram({ argv: vector.argv, cwd: workingDir, env: environment }, signal);
  if (!end.started) {
    const values = { command: written, errno: end.errno };
    return { ok: false, values, message: `the command could not be started: ${end.message}` };
  }
  const { exitCode, lastLines } = end;
  const values = {
    command: written,
    expected_exit_code: expected,
    ...(end.signal === null ? { exit_code: exitCode } : { signal: end.signal }),
    ...(lastLines.length === 0 ? {} : { output: lastLines }),
  };
  const how = end.signal === null ? `exit code ${exitCode}` : `signal ${end.signal}`;
  if (exitCode === expected) return { ok: true, values, message: `the command ended with ${how}` };
  const printed = lastLines.length === 0 ? '' : `: ${lastLines.at(-1)}`;
  return { ok: false, values, message: `the command ended with ${how}, not ${expected}${printed}` };
});
