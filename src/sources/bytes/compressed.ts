/**
 * Streams the plain content of an archive.
 * Promise: it is never held whole, a bomb stops at a limit, and no file name reaches a command line.
 */
import { spawn } from "node:child_process";
import { closeSync, createReadStream, openSync } from "node:fs";
import { pipeline, type TransformOptions } from "node:stream";
import { createGunzip, type ZlibOptions } from "node:zlib";
import { streamOf, type ByteStream } from "./byte-stream.js";
import type { Compression } from "./compression.js";

/** The archive cannot be read on: the message says why. What was read of it so far stands. */
export class ArchiveError extends Error {}

/** The archive is left where it is: it holds more than anyone would log. */
export class BombError extends ArchiveError {}

/** The program that reads such archives is not installed: the message names its package. */
export class MissingToolError extends Error {}

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
} as const;

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

function gunzipped(descriptor: number): ByteStream {
  const packed = createReadStream("", { fd: openedAnew(descriptor), highWaterMark: 256 * 1024 });
  // A high-water fingerprint of 1 keeps no finished piece waiting after a damaged one, which would take it along.
  const options: ZlibOptions & TransformOptions = { chunkSize: 64 * 1024, readableHighWaterMark: 1 };
  const plain = createGunzip(options);
  // Its errors come out of the iterator; without the callback they would end the process.
  pipeline(packed, plain, () => {});
  return damageNamed(streamOf(plain));
}

/** The same file, whatever its name is now, with an offset of its own at its start. */
function openedAnew(descriptor: number): number {
  return openSync(`/proc/self/fd/${descriptor}`, "r");
}

function damageNamed(stream: ByteStream): ByteStream {
  return {
    async read(into) {
      try {
        return await stream.read(into);
      } catch (error) {
        throw new ArchiveError(`is damaged (${error instanceof Error ? error.message : String(error)})`, {
          cause: error,
        });
      }
    },
    close: () => stream.close(),
  };
}

interface Tool {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly package: string;
}

function throughTool(descriptor: number, tool: Tool): ByteStream {
  const own = openedAnew(descriptor);
  const child = spawn(tool.command, tool.arguments, { stdio: [own, "pipe", "pipe"] });
  closeSync(own);
  if (!child.stdout || !child.stderr) throw new Error("bug: the child has no pipes");
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => {
    if (complaint.length < 200) complaint += text.toString("latin1");
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.on("error", (error) => {
      resolve("code" in error && error.code === "ENOENT" ? "ENOENT" : error.message);
    });
    child.on("close", (code, signal) => {
      resolve(
        code === 0 ? undefined : complaint.trim().split("\n")[0] || `${tool.command}: ${signal ?? code}`,
      );
    });
  });
  const plain = streamOf(child.stdout);
  return {
    async read(into) {
      const count = await plain.read(into);
      if (count > 0) return count;
      const failure = await ended;
      if (failure === undefined) return 0;
      if (failure === "ENOENT")
        throw new MissingToolError(`"${tool.command}" is not installed (package ${tool.package})`);
      throw new ArchiveError(`is damaged (${failure})`);
    },
    async close() {
      await plain.close();
      child.kill("SIGKILL");
      await ended;
    },
  };
}
