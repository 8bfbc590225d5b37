/** Below this scale texts cannot be read. */
export const textScaleMin = 0.3;
/** The opacity of what does not match. */
export const dimmed = 0.16;
