/** Where the layers of a graph go: from left to right, or from top to bottom. */
export type Direction = 'lr' | 'tb';
