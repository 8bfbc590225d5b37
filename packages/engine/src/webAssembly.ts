/** What a module is given. */
export type ModuleImports = Readonly<
  Record<string, Readonly<Record<string, (...numbers: number[]) => number>>>
>;

/** A module, twice: its WebAssembly in base64, and the same as JavaScript, which takes longer and has no needs. */
export interface CompiledModule {
  readonly wasm: string;
  script(imports: ModuleImports): unknown;
}

const compiled = new Map<CompiledModule, object>();

/**
 * An instance of the module, what it exports: as WebAssembly, for whose memory gigabytes of addresses are set aside. Where these are
 * rationed (`ulimit -v`, as on many clusters), or there is none, as JavaScript.
 */
export function instantiate(module: CompiledModule, imports: ModuleImports = {}): unknown {
  if (typeof WebAssembly === 'undefined') return module.script(imports);
  try {
    const known = compiled.get(module) ?? new WebAssembly.Module(Buffer.from(module.wasm, 'base64'));
    compiled.set(module, known);
    return new WebAssembly.Instance(known, imports).exports;
  } catch (error) {
    if (error instanceof RangeError) return module.script(imports);
    throw error;
  }
}

/** What is used of it; its full declarations belong to the browser's. */
declare const WebAssembly:
  | undefined
  | {
      readonly Module: new (bytes: Uint8Array) => object;
      readonly Instance: new (module: object, imports: ModuleImports) => { readonly exports: unknown };
    };
