/**
 * Bytes that come one after the other: from a file, an archive, a pipe.
 * Promise: each byte is given once, in order; nothing is read ahead of what was asked for but what the pipe holds.
 */
import type { Readable } from "node:stream";
import { readAt } from "./open.js";

export interface ByteStream {
  /** Fills `into` from its start with what there is, at least one byte; 0 at the end. Throws on input errors. */
  read(into: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

/** The bytes of a plain file from its start. Closing it leaves the file open. */
export function fileStream(descriptor: number): ByteStream {
  let offsetBytes = 0;
  return {
    async read(into) {
      const count = readAt(descriptor, into, offsetBytes);
      offsetBytes += count;
      return count;
    },
    async close() {},
  };
}

/** The bytes of a Node stream. `close` destroys it. */
export function streamOf(readable: Readable): ByteStream {
  const chunks = readable[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let rest: Uint8Array = new Uint8Array(0);
  return {
    async read(into) {
      while (rest.length === 0) {
        const next = await chunks.next();
        if (next.done === true) return 0;
        rest = next.value;
      }
      const lengthBytes = Math.min(rest.length, into.length);
      into.set(rest.subarray(0, lengthBytes));
      rest = rest.subarray(lengthBytes);
      return lengthBytes;
    },
    async close() {
      readable.destroy();
    },
  };
}

/** A stream of which the beginning was read already. */
export function beginningWith(head: Uint8Array, stream: ByteStream): ByteStream {
  let rest = head;
  return {
    async read(into) {
      if (rest.length === 0) return stream.read(into);
      const lengthBytes = Math.min(rest.length, into.length);
      into.set(rest.subarray(0, lengthBytes));
      rest = rest.subarray(lengthBytes);
      return lengthBytes;
    },
    close: () => stream.close(),
  };
}

/** Reads until `into` is full or the stream ends. Gives the bytes read. */
export async function fill(stream: ByteStream, into: Uint8Array): Promise<number> {
  let lengthBytes = 0;
  while (lengthBytes < into.length) {
    const count = await stream.read(into.subarray(lengthBytes));
    if (count === 0) break;
    lengthBytes += count;
  }
  return lengthBytes;
}
