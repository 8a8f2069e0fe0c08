/** Standard output as bytes. Promise: everything is written in order, or BrokenPipe says that nobody reads on. */
import { writeSync } from "node:fs";

/** The reader of our output went away: `logwinnow filter … | head`. Not an error of ours. */
export class BrokenPipe extends Error {
  override readonly name = "BrokenPipe";
}

const pause = new Int32Array(new SharedArrayBuffer(4));

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

/** Writes all bytes to the descriptor, however often it takes. Throws BrokenPipe, or the system's error. */
export function writeAll(bytes: Uint8Array, descriptor = 1): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const code = codeOf(error);
      if (code === "EPIPE") throw new BrokenPipe("standard output was closed", { cause: error });
      if (code !== "EAGAIN") throw error;
      // A pipe that another process set to non-blocking is full: give its reader a moment.
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

export function writeText(text: string, descriptor = 1): void {
  writeAll(Buffer.from(text), descriptor);
}
