export { fileChunks, gunzipped } from './chunks.ts';
export { type FindInputsOptions, findInputs, type InputGroup } from './findInputs.ts';
export { logFinding } from './findings.ts';
export { namesIn } from './namesIn.ts';
export { type OpenedLogs, type OpenLogsOptions, openLogs, readableLog } from './openLogs.ts';
export { type ReadRunsOptions, type RunsReading, readRuns, type SourceSurvey } from './readRuns.ts';
export { type ContentKind, headBytes, recognise } from './recognise.ts';
export { type RunConfiguration, runConfiguration } from './runConfiguration.ts';
export { hasZonedStamps, localStamper } from './zonedStamps.ts';
