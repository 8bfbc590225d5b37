import type { CheckPhase, Event } from '../journal/event.ts';
import type { Command, Fate, Inheritance, State } from '../scheduler/index.ts';

/** The simulated world. Everything may be left out: then each job succeeds after its estimated duration. */
export interface SimulationOptions {
  /** How long a try runs. Default: the plan's estimate. */
  readonly durationMs?: (job: number, tryNumber: number) => number;
  /** How a try ends by itself. Default: with exit code 0. */
  readonly fate?: (job: number, tryNumber: number) => Fate;
  /** Whether a check passes. Default: it does. */
  readonly check?: (job: number, phase: CheckPhase, index: number) => boolean;
  /** How long a check takes. Default: 0. */
  readonly checkMs?: number;
  /** How long a start takes. Default: 0. */
  readonly launchMs?: number;
  /** How long a signalled job takes to end; infinite: it ignores the signal. Default: 0. SIGKILL ends it at once. */
  readonly endingMs?: (job: number, tryNumber: number) => number;
  /** Whether a running try writes nothing, so that it meets its limit on silence. Default: it does write. */
  readonly silent?: (job: number, tryNumber: number) => boolean;
  /** Commands in the order of their times. */
  readonly commands?: readonly { readonly atMs: number; readonly command: Command }[];
  readonly inherited?: Inheritance;
  /** Goes on from a run's present state, which is left as it is, instead of from the start. */
  readonly from?: { readonly state: Readonly<State>; readonly nowMs: number };
  /** `false` collects no events, for speed. */
  readonly collect?: boolean;
  readonly onEvent?: (event: Event) => void;
}

export interface Simulation {
  /** Empty with `collect: false`. */
  readonly events: readonly Event[];
  /** From the start of the simulation to the last event. */
  readonly makespanMs: number;
  /** How many events there were. */
  readonly transitions: number;
  /** The state at the end. It is not `finished` when the run waits for a command that never comes. */
  readonly state: State;
}
