/** A path that could not be looked at, as a source. Promise: it fails by itself, and each run tries it again. */
import type { Source } from "../source.js";

export function failingSource(kind: string, path: string, reason: string): Source {
  return { kind, name: path, open: () => Promise.reject(new Error(reason)) };
}
