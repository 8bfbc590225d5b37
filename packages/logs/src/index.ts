export * from './changepoint/index.ts';
export * from './command/index.ts';
