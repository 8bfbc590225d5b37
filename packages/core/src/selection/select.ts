import type { Diagnostic } from '../diagnostics/index.ts';
import { ancestors, descendants, type JobGraph } from '../graph/index.ts';
import type { Depth, SelectionExpression, SelectionOperation, SelectionTerm } from './expression.ts';
import { parseSelection } from './parseSelection.ts';
import { compilePattern } from './pattern.ts';
import { printSelection } from './printSelection.ts';
import { selectionDiagnostic } from './selectionDiagnostic.ts';
import { hasStatus } from './status.ts';

/** What a selection looks at in a job. A loaded `Job` fits. */
export interface SelectableJob {
  readonly id: string;
  readonly command: string;
  readonly description: string;
  readonly tags: readonly string[];
}

/** The workflow that is selected from. */
export interface SelectionSubject {
  /** Job `i` of the graph is `jobs[i]`. Cycles are no obstacle. */
  readonly graph: JobGraph;
  readonly jobs: readonly SelectableJob[];
  /** The status of each job in a run, under our names or v1's, by id; absent when there is no run to look at. */
  readonly statuses?: ReadonlyMap<string, string>;
}

export type Selected =
  | {
      readonly ok: true;
      /** The selected jobs, in file order. */
      readonly ids: readonly string[];
      /** For each job 1 if it is selected, else 0. */
      readonly mask: Uint8Array;
      /** Terms that match no job, in the order of the text. */
      readonly warnings: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly error: Diagnostic };

/**
 * The jobs that a selection picks. A text is read with the ids of the graph as the known ones, so that a plain id which
 * does not exist is an error; in an expression read elsewhere it is a warning. `status:` without `statuses` is an error.
 *
 * Cost: O(n) for each term, and O(n + m) for each graph operator (one for all operators of the same kind and depth that
 * stand side by side in a union).
 */
export function select(selection: string | SelectionExpression, subject: SelectionSubject): Selected {
  if (typeof selection !== 'string') return evaluate(selection, subject, undefined);
  const parsed = parseSelection(selection, subject.graph.numberById);
  return parsed.ok ? evaluate(parsed.expression, subject, selection) : parsed;
}

function evaluate(
  expression: SelectionExpression,
  subject: SelectionSubject,
  text: string | undefined,
): Selected {
  const statusTerm = subject.statuses === undefined ? findStatusTerm(expression) : undefined;
  if (statusTerm !== undefined) return { ok: false, error: noRun(statusTerm, text) };
  const evaluation: Evaluation = { subject, unmatched: [] };
  const mask = maskOf(expression, evaluation);
  return {
    ok: true,
    ids: subject.graph.ids.filter((_, job) => mask[job] === 1),
    mask,
    warnings: evaluation.unmatched
      .sort((a, b) => a.range.start - b.range.start)
      .map((term) => matchesNothing(term, text)),
  };
}

interface Evaluation {
  readonly subject: SelectionSubject;
  readonly unmatched: SelectionTerm[];
}

function maskOf(expression: SelectionExpression, evaluation: Evaluation): Uint8Array {
  const mask = new Uint8Array(evaluation.subject.graph.jobCount);
  addTo(mask, expression, evaluation);
  return mask;
}

/** Sets the jobs of `expression` in `mask`. Ids cost nothing more: a selection may list every job of the workflow. */
function addTo(mask: Uint8Array, expression: SelectionExpression, evaluation: Evaluation): void {
  switch (expression.kind) {
    case 'id':
    case 'match':
    case 'status':
      if (!addTerm(mask, expression, evaluation.subject)) evaluation.unmatched.push(expression);
      return;
    case 'reach':
    case 'closure':
      addReached(mask, [expression], evaluation);
      return;
    case 'or':
      addUnion(mask, expression.of, evaluation);
      return;
    case 'and':
      addIntersection(mask, expression.of, evaluation);
      return;
    case 'not': {
      const excluded = maskOf(expression.of, evaluation);
      for (let job = 0; job < mask.length; job++) if (excluded[job] === 0) mask[job] = 1;
    }
  }
}

/** Whether any job is meant by the term, be it set in `mask` before or not. */
function addTerm(
  mask: Uint8Array,
  term: SelectionTerm,
  { graph, jobs, statuses }: SelectionSubject,
): boolean {
  if (term.kind === 'id') {
    const job = graph.numberById.get(term.id);
    if (job !== undefined) mask[job] = 1;
    return job !== undefined;
  }
  const isMeant =
    term.kind === 'match'
      ? matcher(term)
      : (job: SelectableJob) => hasStatus(statuses?.get(job.id), term.status);
  let isMatched = false;
  for (const [number, job] of jobs.entries()) {
    if (!isMeant(job)) continue;
    mask[number] = 1;
    isMatched = true;
  }
  return isMatched;
}

function matcher({ field, pattern }: SelectionTerm & { kind: 'match' }): (job: SelectableJob) => boolean {
  const matches = compilePattern(pattern, field);
  if (field === 'tag') return (job) => job.tags.some(matches);
  return (job) => matches(job[field]);
}

/** What several graph operators of one kind and depth reach is what one of them reaches from all their jobs. */
function addUnion(mask: Uint8Array, parts: readonly SelectionExpression[], evaluation: Evaluation): void {
  const alike = new Map<string, GraphOperation[]>();
  for (const part of parts) {
    if (part.kind !== 'reach' && part.kind !== 'closure') {
      addTo(mask, part, evaluation);
      continue;
    }
    const key = part.kind === 'closure' ? '@' : `${part.dependencies}+${part.dependents}`;
    const group = alike.get(key);
    if (group === undefined) alike.set(key, [part]);
    else group.push(part);
  }
  for (const group of alike.values()) addReached(mask, group, evaluation);
}

type GraphOperation = SelectionOperation & { kind: 'reach' | 'closure' };

/** Sets what `operations`, all of one kind and depth, reach. */
function addReached(mask: Uint8Array, operations: readonly GraphOperation[], evaluation: Evaluation): void {
  const { graph } = evaluation.subject;
  const sources = new Uint8Array(mask.length);
  for (const { of } of operations) addTo(sources, of, evaluation);
  const from = jobsIn(sources);
  const operation = operations[0]!;
  if (operation.kind === 'closure') {
    setAll(mask, ancestors(graph, descendants(graph, from)));
    return;
  }
  setAll(mask, ancestors(graph, from, limitedTo(operation.dependencies)));
  setAll(mask, descendants(graph, from, limitedTo(operation.dependents)));
}

function addIntersection(
  mask: Uint8Array,
  parts: readonly SelectionExpression[],
  evaluation: Evaluation,
): void {
  const common = maskOf(parts[0]!, evaluation);
  for (const part of parts.slice(1)) {
    const other = maskOf(part, evaluation);
    for (let job = 0; job < common.length; job++) common[job]! &= other[job]!;
  }
  for (let job = 0; job < common.length; job++) mask[job]! |= common[job]!;
}

function jobsIn(mask: Uint8Array): number[] {
  const jobs: number[] = [];
  for (let job = mask.indexOf(1); job !== -1; job = mask.indexOf(1, job + 1)) jobs.push(job);
  return jobs;
}

function setAll(mask: Uint8Array, jobs: Int32Array): void {
  for (const job of jobs) mask[job] = 1;
}

function limitedTo(depth: Depth): { depthMax?: number } {
  return depth === 'all' ? {} : { depthMax: depth };
}

function findStatusTerm(expression: SelectionExpression): SelectionTerm | undefined {
  switch (expression.kind) {
    case 'status':
      return expression;
    case 'id':
    case 'match':
      return undefined;
    case 'and':
    case 'or':
      for (const part of expression.of) {
        const found = findStatusTerm(part);
        if (found !== undefined) return found;
      }
      return undefined;
    default:
      return findStatusTerm(expression.of);
  }
}

function noRun(term: SelectionTerm, text: string | undefined): Diagnostic {
  const message = `${printSelection(term)} needs a run to look at, and there is none`;
  return selectionDiagnostic({ code: 'E192', message, range: term.range }, text);
}

function matchesNothing(term: SelectionTerm, text: string | undefined): Diagnostic {
  const message = `${text?.slice(term.range.start, term.range.end) ?? printSelection(term)} matches no job`;
  return selectionDiagnostic({ code: 'W190', message, range: term.range }, text);
}
