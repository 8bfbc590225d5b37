export type { Cluster } from './cluster.ts';
export { emptyLineTokens, isSpacedFlag, isValueFlag, type LineTokens } from './lineTokens.ts';
export { mergeClusters } from './mergeClusters.ts';
export { shortenListsInto } from './shortenLists.ts';
export { formHash, isSameForm, manyMarks, mixForm, type Token, textOf, wildId, wildToken } from './token.ts';
export { createVocabulary, type MaskedLine } from './vocabulary.ts';
