/**
 * Finds the time that a line of JSON states.
 * Promise: only what the log's writer states at the top of the object counts, never what a message says.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { readStamp } from "../stamp.js";
import { jsonObject } from "./json-line.js";

/** Names of times as texts: Docker, rsyslog, syslog-ng. */
const textFields = ["time", "@timestamp", "timestamp", "timereported", "timegenerated", "ISODATE", "DATE"];
/** Names of journald's times, in microseconds since the epoch. */
const microsecondFields = ["_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP"];

/** In ms since the epoch. */
export function jsonTime(line: ByteString, reference: Date): number | undefined {
  const fields = jsonObject(line);
  if (!fields) return undefined;
  const microseconds = microsecondsIn(fields);
  if (microseconds !== undefined) return Math.floor(microseconds / 1000);
  for (const text of timesIn(fields)) {
    const stamp = readStamp(text, reference);
    if (stamp) return stamp.timestampMs;
  }
  return undefined;
}

/** The time that journald states, in microseconds since the epoch. */
export function microsecondsIn(fields: Readonly<Record<string, unknown>>): number | undefined {
  for (const name of microsecondFields) {
    const { [name]: text } = fields;
    if (typeof text === "string" && /^\d{1,19}$/.test(text)) return Number(text);
  }
  return undefined;
}

/** The times that are stated as texts. */
export function timesIn(fields: Readonly<Record<string, unknown>>): readonly string[] {
  return textFields.map((name) => fields[name]).filter((text) => typeof text === "string");
}
