/** Standard input as a name on the command line, and as a whole. */
import { readSync } from "node:fs";
import { errorCode } from "./system-error.js";

/** What `-` among the files of a command line becomes: yargs drops a lone dash. */
export const standardInput = "/dev/stdin";

const descriptor = 0;
const pieceBytes = 1 << 16;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** All of it, up to `mostBytes`; what is longer is an error. Throws the system's error. */
export function readAllInput(mostBytes = 1 << 25): Buffer {
  const pieces: Buffer[] = [];
  for (let length = 0; ;) {
    const piece = Buffer.allocUnsafe(pieceBytes);
    const count = readPiece(piece);
    if (count === 0) return Buffer.concat(pieces, length);
    pieces.push(piece.subarray(0, count));
    length += count;
    if (length > mostBytes) throw new Error(`standard input is larger than ${mostBytes >> 20} MiB`);
  }
}

function readPiece(piece: Buffer): number {
  for (;;)
    try {
      return readSync(descriptor, piece);
    } catch (error) {
      if (errorCode(error) === "EOF") return 0;
      if (errorCode(error) !== "EAGAIN") throw error;
      // Whoever writes set the pipe to non-blocking, and is slower than we are.
      Atomics.wait(pause, 0, 0, 1);
    }
}
