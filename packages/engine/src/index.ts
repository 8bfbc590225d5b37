export type * from './journal/event.ts';
export * from './scheduler/index.ts';
