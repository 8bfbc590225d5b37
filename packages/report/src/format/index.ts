export { formatDuration } from './duration.ts';
export { escapeMarkdown } from './markdown.ts';
export { countOf, formatBytes, formatCount, formatPercent } from './quantity.ts';
export { formatTime, knownTimeZone } from './time.ts';
export { visibleText } from './visible.ts';
