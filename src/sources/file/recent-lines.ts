/**
 * Holds what was given last of a log until somebody asks for its position.
 * Promise: reading pays for one copy of a bounded end of each chunk, and digests are made once a position.
 */
import type { Chunk } from "../../std/chunk.js";
import type { Framing } from "../bytes/framing.js";
import { longestDigestedLine, usualDenseLines, type LineDigests } from "../rotation/known/line-digests.js";
import { LineHistory } from "../rotation/known/line-history.js";
import { readAt } from "../bytes/open.js";

/** As many bytes as so many lines usually take. */
const heldBytesPerLine = 128;
const leastHeldBytes = longestDigestedLine;

/** How far apart the lines are of which digests are taken where not all are held: a digest takes 1 µs. */
const leastApartBytes = 4096;
const samples = 256;

interface Piece {
  readonly bytes: Uint8Array;
  /** Whether it begins inside a unit, or after units that are not held. */
  readonly isCut: boolean;
}

export class RecentLines {
  private readonly framing: Framing;
  private readonly history: LineHistory;
  private readonly mostBytes: number;
  private pieces: Piece[] = [];
  private heldBytes = 0;
  private droppedBytes = 0;
  private digests: LineDigests;

  /** `mostLines`: how many of the last lines get a digest each. */
  constructor(stored: LineDigests | undefined, framing: Framing, mostLines = usualDenseLines) {
    this.framing = framing;
    this.history = new LineHistory(stored, mostLines);
    this.digests = stored ?? this.history.stored();
    this.mostBytes = Math.max(leastHeldBytes, mostLines * heldBytesPerLine);
  }

  /** Adds what a reader gave into a buffer. Lines without their end are left out. */
  add(chunk: Chunk, into: Uint8Array): void {
    if (chunk.kind === "end") return;
    if (chunk.kind === "lines") this.hold(into.subarray(0, chunk.lengthBytes), false);
    else if (chunk.trueLengthBytes <= longestDigestedLine) this.hold(chunk.bytes, false);
  }

  /** Adds what stands in a file before an offset, which somebody has read. Throws on input errors. */
  addBefore(descriptor: number, offsetBytes: number): void {
    const bytes = new Uint8Array(Math.min(this.mostBytes, offsetBytes));
    const lengthBytes = readAt(descriptor, bytes, offsetBytes - bytes.length);
    this.hold(bytes.subarray(0, lengthBytes), bytes.length < offsetBytes);
  }

  /** The digests of all that was added. */
  stored(): LineDigests {
    if (this.pieces.length === 0) return this.digests;
    for (const { bytes, isCut } of this.pieces.splice(0)) {
      const start = isCut ? (this.framing.boundaryIn(bytes, 0) ?? bytes.length) : 0;
      this.history.add(bytes.subarray(start), this.framing, isCut);
    }
    this.heldBytes = 0;
    this.digests = this.history.stored();
    return this.digests;
  }

  private hold(bytes: Uint8Array, isCut: boolean): void {
    if (bytes.length === 0) return;
    const isLonger = bytes.length > this.mostBytes;
    if (isLonger) {
      for (const piece of this.pieces.splice(0)) this.drop(piece.bytes);
      this.heldBytes = 0;
      this.drop(bytes.subarray(0, -this.mostBytes));
    }
    // Not slice(), which copies nothing of a Buffer.
    const copy = new Uint8Array(isLonger ? bytes.subarray(-this.mostBytes) : bytes);
    this.pieces.push({ bytes: copy, isCut: isCut || isLonger });
    this.heldBytes += copy.length;
    for (let [oldest] = this.pieces; oldest; [oldest] = this.pieces) {
      if (this.heldBytes - oldest.bytes.length < this.mostBytes) break;
      this.heldBytes -= oldest.bytes.length;
      this.pieces.shift();
      this.drop(oldest.bytes);
      const [next] = this.pieces;
      if (next) this.pieces[0] = { bytes: next.bytes, isCut: true };
    }
  }

  /** Digests of some of the lines are all that is left of what is not held. The more there were, the fewer are taken. */
  private drop(bytes: Uint8Array): void {
    this.droppedBytes += bytes.length;
    const everyBytes = Math.max(leastApartBytes, Math.ceil(this.droppedBytes / samples));
    this.history.addSome(bytes, this.framing, everyBytes);
  }
}
