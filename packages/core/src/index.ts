export type * from './config/model.ts';
export * from './diagnostics/codes.ts';
export type * from './diagnostics/diagnostic.ts';
