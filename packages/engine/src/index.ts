export * from './journal/index.ts';
export * from './launcher/index.ts';
export * from './runs/index.ts';
export * from './scheduler/index.ts';
