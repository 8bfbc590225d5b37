import { createVocabulary, textOf } from './grouping/index.ts';
import { recordColumn as column, Masker } from './masking/index.ts';

let masker: Masker | undefined;

/** A message with its numbers, paths, addresses and other certain values as `<*>`: equal for messages of one kind, mostly. */
export function maskText(message: string): string {
  masker ??= new Masker();
  masker.readOne(Buffer.from(message), true);
  const [start, end] = [masker.records[column.maskedStart]!, masker.records[column.maskedEnd]!];
  return textOf(createVocabulary(masker).tokenize(start, end));
}
