export type { RawConfiguration } from './configuration.ts';
export type { RawDependency } from './dependency.ts';
export type { RawInclude } from './include.ts';
export type { RawCheck, RawJob, RawJobTemplate } from './job.ts';
