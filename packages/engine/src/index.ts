export type * from './journal/event.ts';
export type * from './scheduler/types.ts';
