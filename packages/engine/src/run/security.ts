import { CommandError, type Configuration, commandRisks } from '@executioner/core';

const mostWarnings = 50;

/**
 * What the security settings mind in the commands, a sentence each, for the log of a run under the policy `warn`.
 *
 * @throws CommandError `SECURITY` under the policy `strict`, when there is something.
 */
export function securityWarnings({ jobs, security }: Configuration): string[] {
  const sentences = jobs.flatMap(({ id, command }) =>
    commandRisks(command, security).map(({ does }) => `the command of job "${id}" ${does}`),
  );
  const [first] = sentences;
  if (first !== undefined && security.policy === 'strict') {
    throw new CommandError('SECURITY', `"security_policy": "strict" refuses this run: ${first}`, {
      hint: 'if it is meant, allow it with a regular expression in "command_allowlist_patterns"',
    });
  }
  const rest = sentences.length - mostWarnings;
  return [
    ...sentences.slice(0, mostWarnings).map((sentence) => `Security: ${sentence}`),
    ...(rest > 0 ? [`Security: … and ${rest} more`] : []),
  ];
}
