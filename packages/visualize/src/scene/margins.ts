/** Around the jobs of a band; for the titles above the bands; and, from top to bottom, left of them. */
export const bandPadding = 18;
export const bandHeader = 22;
export const bandTitleWidth = 72;
/** For the titles of groups. */
export const laneHeader = 30;
