/**
 * Streams the plain content of an archive.
 * Promise: it is never held whole, a bomb stops at a limit, and no file name reaches a command line.
 */
import { closeSync, createReadStream, openSync } from "node:fs";
import { pipeline, type TransformOptions } from "node:stream";
import { createGunzip, type ZlibOptions } from "node:zlib";
import { streamOf, type ByteStream } from "./byte-stream.js";
import type { Compression } from "./compression.js";
import { MissingToolError, startTool, type Tool } from "./tool.js";

/** The archive cannot be read on: the message says why. What was read of it so far stands. */
export class ArchiveError extends Error {}

/** The archive is left where it is: it holds more than anyone would log. */
export class BombError extends ArchiveError {}

/** How far an archive is read before it counts as a bomb. */
export interface ArchiveLimits {
  readonly plainBytes: number;
  /** Plain bytes to one compressed byte. Not asked of the first 16 MiB: small logs repeat themselves. */
  readonly ratio: number;
}

export const bombLimits: ArchiveLimits = { plainBytes: 2 ** 30, ratio: 100 };

const ratioFreeBytes = 16 * 1024 * 1024;

const tools = {
  zstd: { command: "zstd", arguments: ["-dcq"], package: "zstd" },
  xz: { command: "xz", arguments: ["-dcq", "--memlimit-decompress=256MiB"], package: "xz-utils" },
  bzip2: { command: "bzip2", arguments: ["-dcq"], package: "bzip2" },
} as const satisfies Readonly<Record<Exclude<Compression, "gzip">, Tool>>;

/** The plain content of an open archive, from its start. The descriptor stays the caller's. */
export function plainContentOf(descriptor: number, compression: Compression): ByteStream {
  return compression === "gzip" ? gunzipped(descriptor) : throughTool(descriptor, tools[compression]);
}

/** Ends a stream with an ArchiveError once it gave more than the limits allow. */
export function limited(stream: ByteStream, compressedBytes: number, limits: ArchiveLimits): ByteStream {
  let plainBytes = 0;
  return {
    async read(into) {
      if (plainBytes > limits.plainBytes)
        throw new BombError(`holds more than ${limits.plainBytes} bytes, as a decompression bomb does`);
      if (plainBytes > ratioFreeBytes && plainBytes > limits.ratio * compressedBytes)
        throw new BombError(`is packed more than ${limits.ratio} to 1, as a decompression bomb is`);
      const count = await stream.read(into);
      plainBytes += count;
      return count;
    },
    close: () => stream.close(),
  };
}

/** Only where zlib gives up: it takes along what it had of a damaged piece, and of a small archive that is all. */
const gzip: Tool = { command: "gzip", arguments: ["-dcq"], package: "gzip" };

function gunzipped(descriptor: number): ByteStream {
  let stream = inflated(descriptor);
  let givenBytes = 0;
  let damage: ArchiveError | undefined;
  return {
    async read(into) {
      if (damage === undefined) {
        try {
          const count = await stream.read(into);
          givenBytes += count;
          return count;
        } catch (error) {
          damage = damaged(error);
          await stream.close();
          stream = throughTool(descriptor, gzip);
          await pass(stream, givenBytes);
        }
      }
      const count = await stream.read(into).catch(() => 0);
      if (count === 0) throw damage;
      return count;
    },
    close: () => stream.close(),
  };
}

/** Moves a stream on by so many bytes, or to where it ends or fails. */
async function pass(stream: ByteStream, lengthBytes: number): Promise<void> {
  const block = new Uint8Array(64 * 1024);
  for (let leftBytes = lengthBytes; leftBytes > 0;) {
    const count = await stream.read(block.subarray(0, leftBytes)).catch(() => 0);
    if (count === 0) return;
    leftBytes -= count;
  }
}

function inflated(descriptor: number): ByteStream {
  const packed = createReadStream("", { fd: openedAnew(descriptor), highWaterMark: 256 * 1024 });
  // A high-water mark of 1 keeps no finished piece waiting after a damaged one, which would take it along.
  const options: ZlibOptions & TransformOptions = { chunkSize: 64 * 1024, readableHighWaterMark: 1 };
  const plain = createGunzip(options);
  // Its errors come out of the iterator; without the callback they would end the process.
  pipeline(packed, plain, () => {});
  return streamOf(plain);
}

/** The same file, whatever its name is now, with an offset of its own at its start. */
function openedAnew(descriptor: number): number {
  return openSync(`/proc/self/fd/${descriptor}`, "r");
}

function damaged(error: unknown): ArchiveError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ArchiveError(`is damaged (${reason})`, { cause: error });
}

function throughTool(descriptor: number, tool: Tool): ByteStream {
  const own = openedAnew(descriptor);
  const running = startTool(tool, own);
  closeSync(own);
  const plain = streamOf(running.output);
  return {
    async read(into) {
      const count = await plain.read(into);
      if (count > 0) return count;
      const failure = await running.ended;
      if (failure === undefined) return 0;
      throw failure instanceof MissingToolError ? failure : damaged(failure);
    },
    close: () => running.close(),
  };
}
