/**
 * Says of the log of one of Docker's containers whose it is, and when a line of it was written.
 * Promise: a name is one word, whatever the file says; what cannot be read is told by the container's id.
 */
import { closeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readStamp } from "../../entry/stamp.js";
import { isObject, parseJson } from "../../std/json-shape.js";
import { openRegularFile, readAt } from "../bytes/open.js";

/** Of a container with thousands of labels. */
const longestConfigBytes = 4 * 1024 * 1024;
/** As Docker allows them; it puts a slash before them. */
const containerName = /^\/?([a-zA-Z0-9][-_.a-zA-Z0-9]{0,127})$/;
/** As `docker ps` shows it. */
const shortIdDigits = 12;

/** The name of the container whose log a file is; its short id, or the file's name, where nothing says more. */
export function containerNameOf(logPath: string): string {
  const name = nameIn(join(dirname(logPath), "config.v2.json"));
  if (name !== undefined) return name;
  const [id] = /^[0-9a-f]{64}(?=-json\.log)/.exec(basename(logPath)) ?? [];
  return id?.slice(0, shortIdDigits) ?? basename(logPath).replaceAll(/[^-_.a-zA-Z0-9]/g, "_");
}

function nameIn(configPath: string): string | undefined {
  try {
    const { descriptor, sizeBytes } = openRegularFile(configPath, false);
    try {
      if (sizeBytes > longestConfigBytes) return undefined;
      const bytes = Buffer.alloc(sizeBytes);
      const config = parseJson(bytes.subarray(0, readAt(descriptor, bytes, 0)));
      const name = isObject(config) ? config.Name : undefined;
      return typeof name === "string" ? containerName.exec(name)?.[1] : undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Gone with its container, or not for this user.
    return undefined;
  }
}

/** The driver writes the time last. */
const lookedAtBytes = 128;
const epoch = new Date(0);

/** When a line was written, in ms since the epoch, if it says so. */
export function timestampOfRecord(line: Uint8Array): number | undefined {
  const start = Math.max(0, line.length - lookedAtBytes);
  const tail = Buffer.from(line.buffer, line.byteOffset + start, line.length - start).toString("latin1");
  const [, time] = /"time":"([^"]*)"\}\s*$/.exec(tail) ?? [];
  return time === undefined ? undefined : readStamp(time, epoch)?.timestampMs;
}
