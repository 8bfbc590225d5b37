/** What pictures and pages are set in: the fonts of the reader's system. */
export const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans Condensed", "DejaVu Sans", sans-serif';
