/** Recognises archives. Promise: a name is only a hint for what to look for; the first bytes say what it is. */
import { readAt } from "./open.js";

export type Compression = "gzip" | "zstd" | "xz" | "bzip2";

const suffixes: readonly (readonly [string, Compression])[] = [
  [".gz", "gzip"],
  [".zst", "zstd"],
  [".xz", "xz"],
  [".bz2", "bzip2"],
];

const magics: readonly (readonly [readonly number[], Compression])[] = [
  [[0x1f, 0x8b], "gzip"],
  [[0x28, 0xb5, 0x2f, 0xfd], "zstd"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "xz"],
  [[0x42, 0x5a, 0x68], "bzip2"],
];

const longestMagicBytes = Math.max(...magics.map(([magic]) => magic.length));

/** The name without the suffix of an archive, and which archive that suffix means, if it has one. */
export function splitCompression(name: string): { stem: string; compression: Compression | undefined } {
  const found = suffixes.find(([suffix]) => name.endsWith(suffix));
  if (!found) return { stem: name, compression: undefined };
  return { stem: name.slice(0, -found[0].length), compression: found[1] };
}

/** What the first bytes of a file say it is compressed with. */
export function compressionOf(firstBytes: Uint8Array): Compression | undefined {
  return magics.find(([magic]) => magic.every((byte, index) => firstBytes[index] === byte))?.[1];
}

/** The same of an open file, by its first bytes. */
export function compressionAt(descriptor: number): Compression | undefined {
  const first = new Uint8Array(longestMagicBytes);
  return compressionOf(first.subarray(0, readAt(descriptor, first, 0)));
}
