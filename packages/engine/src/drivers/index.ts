export {
  type Begun,
  type RealDriver,
  type RealDriverOptions,
  realDriver,
  type UntimedInput,
} from './real.ts';
export type { Simulation, SimulationOptions } from './simulation.ts';
export { simulate } from './virtual.ts';
