export * from './cli/index.ts';
export * from './config/index.ts';
export * from './diagnostics/index.ts';
export * from './document/index.ts';
export * from './graph/index.ts';
export * from './interpolate/index.ts';
export * from './secrets/index.ts';
