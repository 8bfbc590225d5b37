export { type Adopted, type Adoption, adopt } from './adoption.ts';
export { type IdleLauncher, idleLauncher, startLauncher } from './client.ts';
export {
  type FindFatesOptions,
  findFates,
  type LaunchedTry,
  type LaunchFate,
  type LaunchFates,
} from './fates.ts';
export type {
  ErroredReport,
  ExitedReport,
  Launcher,
  LauncherListener,
  LauncherOptions,
  LaunchRequest,
  ServeOptions,
  ShownNames,
  SpawnerName,
  Spool,
  StartedReport,
} from './launcher.ts';
export { launcherPath } from './launcherPath.ts';
export { type ProcessCensus, processCensus, sendSignal } from './processCensus.ts';
export type { LaunchRecord } from './protocol.ts';
export { recordedEnd } from './waitStatus.ts';
