export {
  type Begun,
  type RealDriver,
  type RealDriverOptions,
  realDriver,
  type UntimedInput,
} from './real.ts';
export { type Simulation, type SimulationOptions, simulate } from './virtual.ts';
