/**
 * Finds the time that a line of another form states, so that a first run can look back in it.
 * Promise: bounded by the line's first bytes, but for JSON; nothing that a message says is a time.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { readStamp } from "../stamp.js";
import { jsonTime } from "./json-time.js";

const longestHead = 640;
/** A priority, with the version of RFC 5424; a container's name; a day of the week. */
const before =
  // oxlint-disable-next-line no-control-regex
  /^(?:<\d{1,3}>(?:1 )?|1 (?=\d{4}-)|(?:\x1b\[[\d;]{1,16}m)?[A-Za-z0-9][-_.@A-Za-z0-9]{0,127} +\| (?:\x1b\[0?m)?|\[pod\/[-.A-Za-z0-9/]{1,320}\] |[A-Z][a-z]{2} (?=\d{4}-|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} ))/;
const unix = /^(\d{9,11}\.\d{6}) /;
/** journalctl names the zone after the time: other zones than this and UTC are rare, and taken for this one. */
const universal = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?) (?:UTC|GMT) /;

/** In ms since the epoch. In: a line whose own beginning is no time stamp. */
export function formTime(line: ByteString, reference: Date): number | undefined {
  if (line.startsWith("{")) return jsonTime(line, reference);
  const head = line.slice(0, longestHead);
  const seconds = unix.exec(head)?.[1];
  if (seconds !== undefined) return Math.floor(Number(seconds) * 1000);
  const start = before.exec(head)?.[0].length;
  if (start === undefined) return undefined;
  const rest = head.slice(start);
  const inUtc = universal.exec(rest)?.[1];
  return readStamp(inUtc === undefined ? rest : `${inUtc}Z`, reference)?.timestampMs;
}
