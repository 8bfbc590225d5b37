export type { FoundTokens } from './foundTokens.ts';
export { type Level, levels } from './levels.ts';
export { Masker, maskedMax } from './masker.ts';
export * as recordColumn from './recordColumn.ts';
