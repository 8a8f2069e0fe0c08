/**
 * Bytes on a disk that say what they are of and whether they are whole.
 * Promise: what is damaged anywhere, or was sealed under another name, is not opened.
 */
import { createHash } from "node:crypto";

const digestBytes = 32;

/** In: a name for what it is, with its version; it takes one line. */
export function seal(name: string, content: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${name}\n`), digestOf(name, content), content]);
}

export function unseal(name: string, sealed: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
  const head = Buffer.from(`${name}\n`);
  const content = bytes.subarray(head.length + digestBytes);
  if (!bytes.subarray(0, head.length).equals(head)) return undefined;
  return digestOf(name, content).equals(bytes.subarray(head.length, head.length + digestBytes))
    ? content
    : undefined;
}

function digestOf(name: string, content: Uint8Array): Buffer {
  return createHash("sha256").update(`${name}\n`).update(content).digest();
}
