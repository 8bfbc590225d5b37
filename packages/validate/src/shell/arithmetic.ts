import type { SyntaxNode } from 'unbash';

/** The variable that an arithmetic expression sets: `i++`, `i = 1`, `i += 2`. */
export function namesAssignedIn(
  node: Extract<SyntaxNode, { type: 'ArithmeticUnary' | 'ArithmeticBinary' }>,
): string[] {
  const target = node.type === 'ArithmeticUnary' ? node.operand : node.left;
  const isAssignment =
    node.type === 'ArithmeticUnary'
      ? node.operator === '++' || node.operator === '--'
      : node.operator.endsWith('=') && !['==', '!=', '<=', '>='].includes(node.operator);
  return isAssignment && target.type === 'ArithmeticWord' ? [target.value] : [];
}
