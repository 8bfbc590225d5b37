import type { Depth, SelectionExpression, SelectionTerm, TextPattern } from './expression.ts';

/**
 * The text of an expression: reading it again gives the same expression (but for places), whatever ids exist. Ids are
 * in quotes wherever they could be taken for something else.
 */
export function printSelection(expression: SelectionExpression): string {
  switch (expression.kind) {
    case 'or':
      return expression.of
        .map((part) => (part.kind === 'or' ? grouped(part) : printSelection(part)))
        .join(' ');
    case 'and':
      return expression.of
        .map((part) => (part.kind === 'or' || part.kind === 'and' ? grouped(part) : printSelection(part)))
        .join(' & ');
    case 'not':
      return `!${printOperand(expression.of, ['not', 'reach', 'closure'])}`;
    case 'closure':
      return `@${printOperand(expression.of, [])}`;
    case 'reach':
      return printReach(expression.dependencies, expression.dependents, printOperand(expression.of, []));
    case 'id':
      return printId(expression.id);
    case 'match':
    case 'status':
      return printTerm(expression);
  }
}

/** An id as it can stand in a selection: as it is where nothing in it means something, else in quotes. */
export function printId(id: string): string {
  return /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(id) ? id : quote(id);
}

/** What an operator applies to. A quoted id cannot run into the operator, as `libc6` could into `+1`. */
function printOperand(
  expression: SelectionExpression,
  allowed: readonly SelectionExpression['kind'][],
): string {
  if (expression.kind === 'id') return quote(expression.id);
  const needsNoGroup = expression.kind === 'status' || allowed.includes(expression.kind);
  return needsNoGroup ? printSelection(expression) : grouped(expression);
}

function printReach(dependencies: Depth, dependents: Depth, operand: string): string {
  const before = dependencies === 0 && dependents !== 0 ? '' : `${printDepth(dependencies)}+`;
  const after = dependents === 0 ? '' : `+${printDepth(dependents)}`;
  return `${before}${operand}${after}`;
}

function printDepth(depth: Depth): string {
  return depth === 'all' ? '' : String(depth);
}

function printTerm(term: Exclude<SelectionTerm, { kind: 'id' }>): string {
  if (term.kind === 'status') return `status:${term.status}`;
  return `${term.field === 'id' ? '' : `${term.field}:`}${printPattern(term.pattern)}`;
}

function printPattern(pattern: TextPattern): string {
  switch (pattern.kind) {
    case 'text':
      return quote(pattern.text);
    case 'glob':
      return pattern.glob;
    case 'regex':
      return `/${pattern.source}/${pattern.ignoreCase ? 'i' : ''}`;
  }
}

function grouped(expression: SelectionExpression): string {
  return `(${printSelection(expression)})`;
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
