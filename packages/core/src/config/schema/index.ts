export type { RawConfiguration, RawInclude } from './configuration.ts';
export type { RawCheck, RawDependency, RawJob, RawJobTemplate } from './job.ts';
