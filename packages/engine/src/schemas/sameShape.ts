/**
 * Whether a type and the type of a schema say the same, whatever is readonly: the compiler's proof that what is published
 * is what is written.
 */
export type SameShape<A, B> = Same<Plain<A>, Plain<B>>;

type Plain<T> = T extends readonly (infer E)[]
  ? Plain<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Plain<T[K]> }
    : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
