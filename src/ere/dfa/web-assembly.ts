/**
 * The part of the WebAssembly API that the lanes use, typed here since Node's types leave it out.
 * Promise: `webAssembly` is undefined where there is none, as under `--jitless`.
 */

export interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface WebAssemblyModule {
  readonly [Symbol.toStringTag]: "WebAssembly.Module";
}

interface WebAssemblyApi {
  readonly Memory: new (size: { readonly initial: number }) => WebAssemblyMemory;
  readonly Module: new (code: Uint8Array) => WebAssemblyModule;
  readonly Instance: new (
    module: WebAssemblyModule,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: Readonly<Record<string, () => void>> };
}

export const webAssembly = (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
