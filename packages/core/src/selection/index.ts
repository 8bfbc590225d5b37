export {
  type Depth,
  type MatchField,
  type SelectableStatus,
  type SelectionExpression,
  type SelectionOperation,
  type SelectionTerm,
  selectableStatuses,
  type TextPattern,
  type TextRange,
} from './expression.ts';
export { type ParsedSelection, parseSelection } from './parseSelection.ts';
export { printId, printSelection } from './printSelection.ts';
export { type SelectableJob, type Selected, type SelectionSubject, select } from './select.ts';
export { selectionFile } from './selectionDiagnostic.ts';
export type { KnownIds } from './unknownNames.ts';
