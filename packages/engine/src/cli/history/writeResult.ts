import type { CommandContext } from '@executioner/core';

/** As data for programs with `--json`, else as text. */
export async function writeResult(
  context: CommandContext,
  data: object,
  render: () => string,
): Promise<void> {
  await context.writeResult(context.format === 'json' ? `${JSON.stringify(data, null, 2)}\n` : render());
}
