export { wild } from './bytes.ts';
export { maskedBuffer, maskedFrom, maskLine, maxLineBytes } from './maskLine.ts';
export { packed } from './vocabulary.ts';
