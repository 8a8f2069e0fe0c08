/**
 * Finds the time that a line of JSON states.
 * Promise: only what the log's writer states at the top of the object counts, never what a message says.
 */
import type { ByteString } from "../../std/byte-string.js";
import { readStamp } from "../stamp.js";
import { jsonObject } from "./json-line.js";

/** Names of times as texts: Docker, rsyslog's templates. */
const textFields = ["time", "@timestamp", "timestamp", "timereported", "timegenerated"] as const;
/** Names of journald's times, in microseconds since the epoch. */
const microsecondFields = ["_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP"] as const;

/** In ms since the epoch. */
export function jsonTime(line: ByteString, reference: Date): number | undefined {
  const fields = jsonObject(line);
  if (!fields) return undefined;
  for (const name of microsecondFields) {
    const { [name]: microseconds } = fields;
    if (typeof microseconds === "string" && /^\d{1,19}$/.test(microseconds))
      return Math.floor(Number(microseconds) / 1000);
  }
  for (const name of textFields) {
    const { [name]: text } = fields;
    const stamp = typeof text === "string" ? readStamp(text, reference) : undefined;
    if (stamp) return stamp.timestampMs;
  }
  return undefined;
}
