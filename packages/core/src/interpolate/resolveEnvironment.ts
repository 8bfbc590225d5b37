import { ancestors, Dag, type GraphJob, JobGraph, stronglyConnectedComponents } from '../graph/index.ts';
import { type Definition, findDefinitions, type ResolvedReference } from './definitions.ts';
import type { EnvironmentLayer } from './environmentLayer.ts';
import type { EnvironmentPlace, EnvironmentProblem } from './environmentProblem.ts';
import { findShellForms } from './references.ts';

export interface EnvironmentOptions {
  /** The most UTF-16 units of a value: 131,072 unless given, what Linux takes at most for one variable. */
  readonly maxLength?: number;
}

export interface ResolvedEnvironment {
  /** The inherited variables, and over them those of the layers with their references replaced. */
  readonly variables: Record<string, string>;
  /** In the order of layers and variables. The variables can be used in spite of them. */
  readonly problems: readonly EnvironmentProblem[];
}

const usualMaxLength = 128 * 1024;

/**
 * The environment of a job from its layers (lowest scope first) over the `inherited` variables. The highest scope
 * that defines a name decides. What a reference `${NAME}` inside a value means:
 *
 * - in a variable of that very name: its value in the next lower scope (`PATH=/opt/bin:${PATH}`);
 * - in an application or env-set value: the definition in the same scope if there is one, so that shared values read
 *   alike in all jobs;
 * - else: the value of the highest scope, the inherited variables being the lowest.
 *
 * Names without a value stay in the text as written, and so do references that lead in a circle, and all references
 * of a value that would grow beyond `maxLength`; each is a problem. Inherited values are taken as they are. Problems
 * of definitions that nothing in the result depends on are not reported. Linear in the definitions, their references
 * and the resulting values; a circle costs what `shortestCycles` does.
 */
export function resolveEnvironment(
  layers: readonly EnvironmentLayer[],
  inherited: Readonly<Record<string, string>>,
  options: EnvironmentOptions = {},
): ResolvedEnvironment {
  const { definitions, numberByName } = findDefinitions(layers, inherited);
  const plan = planEvaluation(definitions, numberByName.values());
  const maxLength = options.maxLength ?? usualMaxLength;
  const values = definitions.map((definition) => definition.text);
  const found: { readonly definition: number; readonly problem: EnvironmentProblem }[] = [];

  for (const cycle of plan.cycles) {
    const problem: EnvironmentProblem = { kind: 'cycle', cycle: cyclePlaces(cycle, definitions, layers) };
    found.push({ definition: cycle[0]!, problem });
  }
  for (const number of plan.order) {
    const definition = definitions[number]!;
    const { text } = definition;
    if (text.length <= maxLength && !text.includes('${')) continue;
    const usable = definition.references.filter((reference) => !plan.isCircular(number, reference));
    for (const problem of referenceProblems(definition, usable, layers)) {
      found.push({ definition: number, problem });
    }
    const replaced = replaceReferences(text, usable, values, maxLength);
    if (replaced.fits) values[number] = replaced.value;
    else {
      const place = placeIn(definition, layers, 0, text.length);
      found.push({
        definition: number,
        problem: { kind: 'too_long', length: replaced.length, maxLength, place },
      });
    }
  }

  const variables = { ...inherited };
  for (const [name, number] of numberByName) setOwn(variables, name, values[number]!);
  return {
    variables,
    problems: found.sort((one, other) => one.definition - other.definition).map(({ problem }) => problem),
  };
}

/** Sets a key as an own one, `__proto__` too. */
function setOwn(variables: Record<string, string>, name: string, value: string): void {
  if (name !== '__proto__') variables[name] = value;
  else
    Object.defineProperty(variables, name, { value, enumerable: true, configurable: true, writable: true });
}

interface EvaluationPlan {
  /** The definitions that matter, each after those it refers to. */
  readonly order: Iterable<number>;
  /** One shortest circle of each set of definitions that refer to each other. */
  readonly cycles: readonly Int32Array[];
  /** Whether a reference of a definition leads back to it. */
  readonly isCircular: (definition: number, reference: ResolvedReference) => boolean;
}

function planEvaluation(definitions: readonly Definition[], effective: Iterable<number>): EvaluationPlan {
  if (definitions.every(({ references }) => references.every(({ definition }) => definition === undefined))) {
    return { order: [...effective].sort((a, b) => a - b), cycles: [], isCircular: () => false };
  }
  const graph = JobGraph.from(asJobs(definitions, () => true));
  const needed = new Set(ancestors(graph, effective));
  const result = Dag.check(graph);
  if (result.ok) {
    return {
      order: result.dag.order.filter((number) => needed.has(number)),
      cycles: [],
      isCircular: () => false,
    };
  }

  const { componentOf } = stronglyConnectedComponents(graph);
  const isCircular = (number: number, { definition }: ResolvedReference): boolean =>
    definition !== undefined && componentOf[definition] === componentOf[number];
  const straight = Dag.from(asJobs(definitions, (number, reference) => !isCircular(number, reference)));
  return {
    order: straight.order.filter((number) => needed.has(number)),
    cycles: result.cycles.filter((cycle) => needed.has(cycle[0]!)),
    isCircular,
  };
}

/** The definitions as jobs that depend on the definitions they refer to. */
function asJobs(
  definitions: readonly Definition[],
  isFollowed: (definition: number, reference: ResolvedReference) => boolean,
): GraphJob[] {
  return definitions.map(({ references }, number) => ({
    id: String(number),
    dependencies: references
      .filter((reference) => reference.definition !== undefined && isFollowed(number, reference))
      .map(({ definition }) => String(definition)),
  }));
}

type Replaced =
  | { readonly fits: true; readonly value: string }
  | { readonly fits: false; readonly length: number };

/** The length is looked at first: each value is short, but a text may name one many times. */
function replaceReferences(
  text: string,
  references: readonly ResolvedReference[],
  values: readonly string[],
  maxLength: number,
): Replaced {
  const replacementFor = ({ definition, inherited }: ResolvedReference): string | undefined =>
    definition === undefined ? inherited : values[definition];
  let length = text.length;
  for (const reference of references) {
    const value = replacementFor(reference);
    if (value !== undefined) length += value.length - (reference.end - reference.start);
  }
  if (length > maxLength) return { fits: false, length };

  let value = '';
  let done = 0;
  for (const reference of references) {
    const replacement = replacementFor(reference);
    if (replacement === undefined) continue;
    value += text.slice(done, reference.start) + replacement;
    done = reference.end;
  }
  return { fits: true, value: value + text.slice(done) };
}

function referenceProblems(
  definition: Definition,
  references: readonly ResolvedReference[],
  layers: readonly EnvironmentLayer[],
): EnvironmentProblem[] {
  const missing = references.filter(
    (reference) => reference.definition === undefined && reference.inherited === undefined,
  );
  return [
    ...missing.map(
      ({ name, start, end }): EnvironmentProblem => ({
        kind: 'undefined',
        name,
        place: placeIn(definition, layers, start, end),
      }),
    ),
    ...findShellForms(definition.text).map(
      ({ text, start, end }): EnvironmentProblem => ({
        kind: 'shell_form',
        text,
        place: placeIn(definition, layers, start, end),
      }),
    ),
  ];
}

/** For each definition of the circle, the first reference to the next. */
function cyclePlaces(
  cycle: Int32Array,
  definitions: readonly Definition[],
  layers: readonly EnvironmentLayer[],
): EnvironmentPlace[] {
  return Array.from(cycle, (number, step) => {
    const next = cycle[(step + 1) % cycle.length];
    const definition = definitions[number]!;
    const { start, end } = definition.references.find((reference) => reference.definition === next)!;
    return placeIn(definition, layers, start, end);
  });
}

function placeIn(
  { layer, name: variable }: Definition,
  layers: readonly EnvironmentLayer[],
  start: number,
  end: number,
): EnvironmentPlace {
  const { scope, name } = layers[layer]!;
  return { layer, scope, ...(name !== undefined && { scopeName: name }), variable, start, end };
}
