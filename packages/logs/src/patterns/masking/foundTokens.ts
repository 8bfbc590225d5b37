/** Tokens, the numbers of one after those of the other: without objects for them. */
export interface FoundTokens {
  /** Where they are in the bytes of the line. */
  readonly starts: Int32Array;
  /** Equal to the start of an empty value. */
  readonly ends: Int32Array;
  /** `isValueFlag`, `isSpacedFlag`, both or none. */
  readonly flags: Uint8Array;
  /** As `mark` of a token; of values without meaning. */
  readonly marks: Uint8Array;
  /** Equal for equal texts; there is something else meanwhile unless they are asked for. */
  readonly hashes: Int32Array;
  /** 1 if a masked value is in the text. */
  readonly holdsMask: Uint8Array;
}
