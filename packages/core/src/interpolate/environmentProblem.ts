import type { EnvironmentLayer } from './environmentLayer.ts';

/** A part of the value of a variable: where it is defined, and the half-open range in UTF-16 units. */
export interface EnvironmentPlace {
  /** The index in the layers given. */
  readonly layer: number;
  readonly scope: EnvironmentLayer['scope'];
  /** The name of the env set, or the id of the job. */
  readonly scopeName?: string;
  readonly variable: string;
  readonly start: number;
  readonly end: number;
}

export type EnvironmentProblem =
  /** `${name}` has no value anywhere: it stays in the text as written. */
  | { readonly kind: 'undefined'; readonly name: string; readonly place: EnvironmentPlace }
  /** Each place refers to the variable of the next, the last to that of the first: a shortest such circle. */
  | { readonly kind: 'cycle'; readonly cycle: readonly EnvironmentPlace[] }
  /** With its references replaced the value would be too long: it stays as written. */
  | {
      readonly kind: 'too_long';
      readonly length: number;
      readonly maxLength: number;
      readonly place: EnvironmentPlace;
    }
  /** `${NAME:-default}` and the like: only a shell expands them, here they are text. */
  | { readonly kind: 'shell_form'; readonly text: string; readonly place: EnvironmentPlace };

/** The problem as one sentence without a final full stop. No value of a variable is in it. */
export function describeEnvironmentProblem(problem: EnvironmentProblem): string {
  switch (problem.kind) {
    case 'undefined':
      return `variable "${problem.place.variable}" refers to "${problem.name}", which is not defined`;
    case 'cycle': {
      const names = [...problem.cycle, problem.cycle[0]!].map((place) => place.variable);
      return `variables refer to each other in a circle: ${names.join(' → ')}`;
    }
    case 'too_long':
      return `variable "${problem.place.variable}" would be ${problem.length} characters long, ${problem.maxLength} are possible`;
    case 'shell_form':
      return `variable "${problem.place.variable}" holds ${problem.text}, which only a shell expands: here it is text`;
  }
}
