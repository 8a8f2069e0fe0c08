/**
 * Gathers a line that no buffer holds.
 * Promise: it is kept whole up to 16 MiB; above that the memory stays bounded and the true length is counted on. The
 * NUL bytes before it are counted and not kept.
 */
import type { Chunk } from "../../std/chunk.js";
import { leadingNulsIn } from "./leading-nuls.js";
import { fingerprintLimitBytes, Trace } from "./trace.js";

/** A longer line is cut to this. */
export const longLineLimitBytes = 16 * 1024 * 1024;

export class LongLine {
  private readonly pieces: Uint8Array[] = [];
  private keptBytes = 0;
  private passedBytes = 0;
  private nulBytes = 0;
  private isInText = false;
  private passed = new Trace();

  /** `nulBytes`: how many NUL bytes stood before it already. */
  constructor(nulBytes = 0) {
    this.addNuls(nulBytes);
  }

  /** Adds the next piece of the line. Copies what it keeps. */
  add(piece: Uint8Array): void {
    this.passedBytes += piece.length;
    this.passed = this.passed.with(piece);
    const text = this.isInText ? piece : piece.subarray(this.takeNuls(piece));
    const kept = new Uint8Array(text.subarray(0, longLineLimitBytes - this.keptBytes));
    this.keptBytes += kept.length;
    if (kept.length > 0) this.pieces.push(kept);
  }

  /** Adds so many NUL bytes, which nobody needs to have read. */
  addNuls(count: number): void {
    this.passedBytes += count;
    this.passed = this.passed.with(Buffer.alloc(Math.min(count, 2 * fingerprintLimitBytes)));
    if (!this.isInText) this.nulBytes += count;
    else {
      const kept = Buffer.alloc(Math.min(count, longLineLimitBytes - this.keptBytes));
      this.keptBytes += kept.length;
      if (kept.length > 0) this.pieces.push(kept);
    }
  }

  /** How many bytes it takes in the file so far, with the NUL bytes before it. */
  get lengthBytes(): number {
    return this.passedBytes;
  }

  /** The NUL bytes before it. */
  get leadingNulBytes(): number {
    return this.nulBytes;
  }

  /** Whether there is anything but NUL in it so far. */
  get hasText(): boolean {
    return this.isInText;
  }

  /** How the line begins and ends, whatever is cut from it. */
  get trace(): Trace {
    return this.passed;
  }

  chunk(): Extract<Chunk, { kind: "long line" }> {
    const bytes = new Uint8Array(this.keptBytes);
    let end = 0;
    for (const piece of this.pieces) {
      bytes.set(piece, end);
      end += piece.length;
    }
    const trueLengthBytes = this.passedBytes - this.nulBytes;
    const nuls = this.nulBytes > 0 ? { leadingNulBytes: this.nulBytes } : {};
    return { kind: "long line", bytes, trueLengthBytes, ...nuls };
  }

  /** Counts the NUL bytes that the piece begins with, before any text. */
  private takeNuls(piece: Uint8Array): number {
    const nulBytes = leadingNulsIn(piece);
    this.nulBytes += nulBytes;
    this.isInText = nulBytes < piece.length;
    return nulBytes;
  }
}
