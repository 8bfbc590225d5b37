/** Half-open range in the text of the command, in UTF-16 units. */
export interface Part {
  readonly start: number;
  readonly end: number;
}
