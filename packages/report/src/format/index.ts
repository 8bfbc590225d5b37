export { formatDuration } from './duration.ts';
export { countOf, formatBytes, formatCount, formatPercent } from './quantity.ts';
export { formatTime } from './time.ts';
export { visibleText } from './visible.ts';
