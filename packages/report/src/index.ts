export * from './document/index.ts';
export * from './format/index.ts';
export * from './html/index.ts';
export * from './look/index.ts';
export * from './run/index.ts';
