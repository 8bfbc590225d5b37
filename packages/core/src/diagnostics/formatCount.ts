/** A whole number with its thousands parted: `12,345`. What the language itself offers takes 15 ms to start. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
