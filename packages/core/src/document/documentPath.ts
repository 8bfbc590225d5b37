/** Keys and indices from the top of a document down to one of its values; empty: the whole. */
export type DocumentPath = readonly (string | number)[];
