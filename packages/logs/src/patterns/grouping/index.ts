export { type Cluster, inOrder, joinClusters } from './cluster.ts';
export { groupMaskedLines, mergeClusters } from './groupMaskedLines.ts';
export { shortenLists } from './mergeLists.ts';
export { formOf, type Token, textOf, tokenize, wildText } from './token.ts';
