export * from './cli/index.ts';
export type * from './config/model.ts';
export * from './diagnostics/index.ts';
export * from './document/index.ts';
export * from './graph/index.ts';
export * from './secrets/index.ts';
