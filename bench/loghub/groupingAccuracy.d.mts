export function groupingAccuracy(
  found: readonly (string | number)[],
  truth: readonly (string | number)[],
): number;

export function readLoghub(text: string): { content: string; event: string }[];

export function parseCsv(text: string): string[][];
