import { type Outcome, outcomeNames as outcomes } from '@executioner/core';
import type { OutcomeReason } from '../journal/event.ts';

/** Where a job stands. The numbers live in typed arrays; they are never written to a journal. */
export const Phase = {
  /** Not all dependencies are met. */
  waiting: 0,
  /** May start as soon as there is room. */
  ready: 1,
  /** Holds a worker and waits for its locks. */
  locking: 2,
  /** Waits for a person; holds nothing. */
  approving: 3,
  /** Pre-checks. */
  checking: 4,
  /** Handed to the launcher. */
  starting: 5,
  running: 6,
  /** Signalled, and not gone yet. */
  stopping: 7,
  /** Over: post-checks and the verdict. */
  verifying: 8,
  /** In back-off. */
  retrying: 9,
  done: 10,
} as const;

export type PhaseNumber = (typeof Phase)[keyof typeof Phase];

/** Names of the phases by number. */
export const phaseNames = Object.keys(Phase) as readonly (keyof typeof Phase)[];

/** Outcomes by number; number 0 stands for none yet. */
export const outcomeNames = ['none', ...outcomes] as const;

export const OutcomeNumber: Readonly<Record<Outcome | 'none', number>> = numbersOf(outcomeNames);

/** Reasons by number; number 0 stands for none. */
export const reasonNames = [
  'none',
  'requested',
  'disabled',
  'dependency',
  'stopped',
  'unchanged',
  'marked',
  'allowed',
  'rejected',
  'lock',
] as const satisfies readonly (OutcomeReason | 'none')[];

export const ReasonNumber = numbersOf(reasonNames);

/** Whether an outcome number is a failure: one that meets a `failure` dependency. */
export function isFailure(outcome: number): boolean {
  return outcome >= OutcomeNumber.failed && outcome <= OutcomeNumber.unknown;
}

/** The outcome behind a number. Throws on 0: the job has none yet. */
export function outcomeName(outcome: number): Outcome {
  const name = outcomeNames[outcome];
  if (name === undefined || name === 'none') throw new Error(`Internal error: ${outcome} is no outcome`);
  return name;
}

/** The reason behind a number; undefined for 0. */
export function reasonName(reason: number): OutcomeReason | undefined {
  const name = reasonNames[reason];
  return name === 'none' ? undefined : name;
}

function numbersOf<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, index) => [name, index])) as Record<Name, number>;
}
