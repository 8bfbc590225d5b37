export { type Forecast, type ForecastOptions, forecast } from './forecast.ts';
export { type Forecaster, type ForecasterOptions, forecaster } from './forecaster.ts';
export { plainLines } from './plainLines.ts';
export { type Progress, type ProgressFold, progressFold } from './progressFold.ts';
export { type StatusLine, type StatusLineOptions, statusLine } from './statusLine.ts';
export {
  type FollowedRun,
  type TerminalProgress,
  type TerminalProgressOptions,
  terminalProgress,
} from './terminalProgress.ts';
