/** How grave a line says it is; 0 if it does not say. */
export const levels = ['', 'trace', 'debug', 'info', 'notice', 'warning', 'error', 'critical'] as const;

export type Level = (typeof levels)[number];

/** Names of levels, lower case, with their places in `levels`. */
export const levelNames: readonly (readonly [string, number])[] = [
  ...levels.slice(1).map((name, index) => [name, index + 1] as const),
  ['warn', 5],
  ['severe', 6],
  ['fatal', 7],
  ['emerg', 7],
  ['alert', 7],
  ['crit', 7],
];
