/**
 * Gathers a line that no buffer holds.
 * Promise: it is kept whole up to 16 MiB; above that the memory stays bounded and the true length is counted on.
 */
import type { Chunk } from "../../std/chunk.js";
import { Trace } from "./trace.js";

/** A longer line is cut to this. */
export const longLineLimitBytes = 16 * 1024 * 1024;

export class LongLine {
  private readonly pieces: Uint8Array[] = [];
  private keptBytes = 0;
  private trueLengthBytes = 0;
  private passed = new Trace();

  /** Adds the next piece of the line. Copies what it keeps. */
  add(piece: Uint8Array): void {
    this.trueLengthBytes += piece.length;
    this.passed = this.passed.with(piece);
    if (this.keptBytes + piece.length > longLineLimitBytes) this.dropHole();
    const kept = new Uint8Array(piece.subarray(0, longLineLimitBytes - this.keptBytes));
    this.keptBytes += kept.length;
    if (kept.length > 0) this.pieces.push(kept);
  }

  /** How long the line is so far. */
  get lengthBytes(): number {
    return this.trueLengthBytes;
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
    return { kind: "long line", bytes, trueLengthBytes: this.trueLengthBytes };
  }

  /**
   * A log that was truncated under a writer without O_APPEND begins with a hole as large as the log was, and the
   * text comes after it: where something must be cut, pieces that are nothing but NUL go first.
   */
  private dropHole(): void {
    while (this.pieces[0] && isHole(this.pieces[0])) {
      this.keptBytes -= this.pieces[0].length;
      this.pieces.shift();
    }
  }
}

/** Whether there is nothing but NUL in it: each byte equals its neighbour, at the speed of memcmp. */
function isHole(piece: Uint8Array): boolean {
  return piece[0] === 0 && Buffer.compare(piece.subarray(1), piece.subarray(0, -1)) === 0;
}
