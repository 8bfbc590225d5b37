export * from './changepoint/index.ts';
export * from './command/index.ts';
export * from './patterns/index.ts';
