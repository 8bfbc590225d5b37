export { startLauncher } from './client.ts';
export { findFates, type LaunchFate, type LaunchFates } from './fates.ts';
export type {
  ErroredReport,
  ExitedReport,
  Launcher,
  LauncherListener,
  LauncherOptions,
  LaunchRequest,
  SpawnerName,
  Spool,
  StartedReport,
} from './launcher.ts';
export { launcherPath } from './launcherPath.ts';
