/**
 * Gives the same string for the same text, where it came before.
 * Promise: bounded, and never another text. A string that is there already costs no memory, and knows the hash that tables
 * ask for. What comes once is not remembered, so that a flood of different texts costs little more than without.
 */
import type { ByteString } from "../../std/text/byte-string.js";

/** A power of two. A text takes the place of another with the same last bits of its hash. */
const places = 4096;
/** Longer ones are made anew: 4 MiB at most are remembered. */
const longestKnown = 1024;

/** Of templates. */
export class KnownTexts {
  private readonly hashes = new Int32Array(places);
  private readonly texts: (ByteString | undefined)[] = Array.from({ length: places });

  /** The first bytes as latin1. */
  textOf(bytes: Buffer, end: number): ByteString {
    if (end > longestKnown) return bytes.toString("latin1", 0, end);
    let hash = end;
    for (let index = 0; index < end; index += 1) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
    const place = placeOf(hash);
    const isAgain = this.hashes[place] === hash;
    const known = isAgain ? this.texts[place] : undefined;
    if (known?.length === end && isWritten(bytes, known)) return known;
    const text = bytes.toString("latin1", 0, end);
    if (isAgain) this.texts[place] = text;
    else this.hashes[place] = hash;
    return text;
  }
}

/** Of templates with their programs. */
export class KnownShapes {
  private readonly hashes = new Int32Array(places);
  private readonly shapes: (ByteString | undefined)[] = Array.from({ length: places });

  /** "program: template". */
  join(program: ByteString, template: ByteString): ByteString {
    const hash = roughHash(template) ^ roughHash(program);
    const place = placeOf(hash);
    const isAgain = this.hashes[place] === hash;
    const length = program.length + 2 + template.length;
    const known = isAgain ? this.shapes[place] : undefined;
    if (known?.length === length && known.startsWith(program) && known.endsWith(template)) return known;
    const shape = `${program}: ${template}`;
    if (length > longestKnown) return shape;
    // A slice would hold on to the line that it was cut from.
    if (isAgain) return (this.shapes[place] = Buffer.from(shape, "latin1").toString("latin1"));
    this.hashes[place] = hash;
    return shape;
  }
}

/** Of a few characters: what has the same is compared. */
function roughHash(text: ByteString): number {
  const { length } = text;
  let hash = length;
  for (let part = 0; part < 8; part += 1)
    hash = Math.imul(hash ^ text.charCodeAt((length * part) >> 3), 0x01000193);
  return hash;
}

function placeOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & (places - 1);
}

function isWritten(bytes: Uint8Array, text: ByteString): boolean {
  for (let index = 0; index < text.length; index += 1)
    if (bytes[index] !== text.charCodeAt(index)) return false;
  return true;
}
