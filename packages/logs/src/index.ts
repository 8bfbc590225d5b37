export * from './changepoint/index.ts';
export * from './command/index.ts';
export * from './failures/index.ts';
export * from './input/index.ts';
export * from './patterns/index.ts';
export * from './runs/index.ts';
export * from './statistics/index.ts';
export * from './summary/index.ts';
