export { type ChangePoint, type ChangePointOptions, changePoints } from './changePoints.ts';
export { median, medianDifference } from './median.ts';
