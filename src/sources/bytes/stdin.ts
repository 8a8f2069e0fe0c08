/**
 * Reads a pipe, a terminal or whatever standard input is.
 * Promise: whole lines are there to be passed on as soon as they have arrived.
 */
import { read as readDescriptor } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "../../std/system-error.js";
import type { ByteStream } from "./byte-stream.js";

/** How long to wait where the other end made the pipe non-blocking and has nothing to say. */
const idleMs = 10;

/** The bytes of a descriptor from where it stands. Closing it leaves the descriptor open. */
export function descriptorStream(descriptor: number): ByteStream {
  return {
    async read(into) {
      for (;;) {
        try {
          return await readOnce(descriptor, into);
        } catch (error) {
          if (errorCode(error) !== "EAGAIN") throw error;
          await sleep(idleMs);
        }
      }
    },
    async close() {},
  };
}

function readOnce(descriptor: number, into: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    readDescriptor(descriptor, into, 0, into.length, null, (error, lengthBytes) => {
      if (error) reject(error);
      else resolve(lengthBytes);
    });
  });
}
