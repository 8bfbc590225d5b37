import type { ParsedScript, SyntaxNode } from 'unbash';

/** The name of the program that a node starts, when it is a plain word. */
export function programOf(node: SyntaxNode): string | undefined {
  return node.type === 'Command' && node.name?.parts === undefined ? node.name?.value : undefined;
}

/** Whether a node asks for something, so that what follows `&&` is a branch. */
export function isTest(node: SyntaxNode): boolean {
  if (node.type === 'Pipeline' && node.operators.length === 0) return node.commands.some(isTest);
  if (node.type === 'Redirected') return isTest(node.command);
  const program = programOf(node);
  return (
    node.type === 'TestCommand' ||
    (program !== undefined && ['[', 'test', 'command', 'which', 'type', 'hash'].includes(program))
  );
}

/** `true` or `:`, which forgive what stands before `||`. */
export function isNothing(node: SyntaxNode): boolean {
  return [':', 'true'].includes(programOf(node) ?? '');
}

/** The first and the last command of the pipe that a script ends with; undefined: it ends with none, or leaves it running. */
export function finalPipeOf({ commands }: ParsedScript): { first: SyntaxNode; last: SyntaxNode } | undefined {
  let node: SyntaxNode | undefined = commands.at(-1);
  while (node?.type === 'Statement' || node?.type === 'AndOr') {
    if (node.type === 'Statement' && node.background === true) return undefined;
    node = node.type === 'Statement' ? node.command : node.commands.at(-1);
  }
  if (node?.type !== 'Pipeline' || node.operators.length === 0) return undefined;
  const [first, last] = [node.commands[0], node.commands.at(-1)];
  return first && last && { first, last };
}
