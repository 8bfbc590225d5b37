export const coreExamples: Readonly<
  Record<
    string,
    { readonly files: readonly { readonly name: string; readonly text: string }[]; readonly output: string }
  >
> = {};
