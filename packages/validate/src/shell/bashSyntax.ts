import type { SyntaxNode } from 'unbash';

/** What a node of the syntax tree of `text` is that plain `sh` does not have; undefined: it has it. */
export function bashSyntaxOf(node: SyntaxNode, text: string): string | undefined {
  switch (node.type) {
    case 'Function':
      return text.startsWith('function', node.pos) ? 'function name {…}' : undefined;
    case 'TestCommand':
      return '[[ … ]]';
    case 'ArithmeticCommand':
      return '(( … ))';
    case 'ArithmeticFor':
      return 'for (( … ))';
    case 'ArrayValue':
      return 'an array';
    case 'ProcessSubstitution':
      return `${node.operator}( … )`;
    case 'HereString':
      return '<<<';
    case 'Select':
      return 'select';
    case 'Coproc':
      return 'coproc';
    case 'Pipeline':
      return node.operators.includes('|&') ? '|&' : undefined;
    case 'Redirect':
      return node.operator === '&>' || node.operator === '&>>' ? node.operator : undefined;
    case 'LocaleString':
      return '$"…"';
    case 'AnsiCQuoted':
      return "$'…'";
    case 'BraceExpansion':
      return '{…,…}';
    case 'Assignment':
      return node.index !== undefined ? 'name[index]=' : node.append === true ? '+=' : undefined;
    case 'ParameterExpansion':
      return parameterSyntax(node);
    default:
      return undefined;
  }
}

function parameterSyntax(node: Extract<SyntaxNode, { type: 'ParameterExpansion' }>): string | undefined {
  if (node.prefix === '!') return '${!name}';
  if (node.index !== undefined) return '${name[index]}';
  switch (node.operation?.type) {
    case 'Replace':
      return '${name/pattern/text}';
    case 'Slice':
      return '${name:offset}';
    case 'CaseModification':
      return `\${name${node.operation.operator}}`;
    case 'Transform':
      return '${name@…}';
    default:
      return undefined;
  }
}
