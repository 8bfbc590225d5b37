import { createVocabulary, textOf } from './grouping/index.ts';
import { maskedBuffer, maskedFrom, maskLine } from './masking/index.ts';

const masked = maskedBuffer();

/** A message with its numbers, paths, addresses and other certain values as `<*>`: equal for messages of one kind, mostly. */
export function maskText(message: string): string {
  const bytes = Buffer.from(message);
  const end = maskLine(bytes, 0, bytes.length, masked);
  return textOf(createVocabulary().tokenize(masked, maskedFrom, end));
}
