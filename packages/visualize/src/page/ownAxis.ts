/** Zooms one direction alone, so that lanes and letters keep their sizes. */
export interface OwnAxis {
  /** Whether all of it is shown. */
  readonly isWhole: boolean;
  /** Shows less, or more, around a place of the drawing. */
  zoomAt(x: number, factor: number): void;
  /** Moves on by so much of the drawing. */
  pan(by: number): void;
  /** Moves on to where a job is. */
  bring(job: number): void;
  reset(): void;
}
