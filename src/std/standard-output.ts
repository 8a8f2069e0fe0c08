/**
 * Standard output as bytes.
 * Promise: everything is written, in order, or BrokenPipe says that the reader is gone.
 */
import { writeSync } from "node:fs";
import { errorCode } from "./system-error.js";

/** The reader of our output is gone, as in `logwinnow filter … | head`. Not an error of the program. */
export class BrokenPipe extends Error {
  override readonly name = "BrokenPipe";
}

const standardOutput = 1;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** Writes all bytes, in as many calls as that takes. Throws BrokenPipe, or the system's error. */
export function writeAll(bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(standardOutput, bytes, written);
    } catch (error) {
      const code = errorCode(error);
      if (code === "EPIPE") throw new BrokenPipe("standard output was closed", { cause: error });
      if (code !== "EAGAIN") throw error;
      // A pipe that another process set to non-blocking is full: give its reader a moment.
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

/** Writes the text as UTF-8. Throws as `writeAll` does. */
export function writeText(text: string): void {
  writeAll(Buffer.from(text));
}
