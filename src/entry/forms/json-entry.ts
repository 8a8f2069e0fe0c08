/**
 * Reads an event that was logged as JSON: by journalctl -o json, by rsyslog's or syslog-ng's templates.
 * Promise: the fields that a logging daemon writes make the line; an object without them is another program's own.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { traditionalTime } from "../traditional-time.js";
import { underHeader, unstatedTime, type FormReading, type Unstated } from "./form-reading.js";
import { jsonObject, textOf } from "./json-line.js";
import { withoutStamp } from "./stamped.js";
import { microsecondsIn, timesIn } from "./json-time.js";

type Fields = Readonly<Record<string, unknown>>;

const messages = ["MESSAGE", "message", "msg"];
const hosts = ["_HOSTNAME", "hostname", "HOSTNAME", "host", "HOST", "fromhost", "source"];
const programs = [
  "SYSLOG_IDENTIFIER",
  "programname",
  "app-name",
  "appname",
  "app_name",
  "PROGRAM",
  "program",
  "ident",
  "_COMM",
];
const processes = ["_PID", "SYSLOG_PID", "procid", "pid", "PID"];
const tags = ["syslogtag", "syslog_tag", "tag", "MSGHDR"];

export function jsonReading(line: ByteString, unstated: Unstated): FormReading | undefined {
  const fields = jsonObject(line);
  if (!fields) return undefined;
  const message = messages.map((name) => bytesIn(fields[name])).find((text) => text !== undefined);
  const tag = tagOf(fields);
  if (message === undefined || tag === undefined) return undefined;
  const hostname = wordIn(fields, hosts);
  const isJournal = "MESSAGE" in fields && ("__REALTIME_TIMESTAMP" in fields || "__CURSOR" in fields);
  return {
    form: isJournal ? "journalctl -o json" : "JSON",
    ...underHeader(`${stampOf(fields)} ${hostname ?? unstated.hostname} ${tag}: `, message),
    ...(hostname !== undefined && { hostname }),
  };
}

/** "sshd[812]", whether it is one field or two. */
function tagOf(fields: Fields): ByteString | undefined {
  const whole = wordIn(fields, tags);
  if (whole?.endsWith(":") === true) return whole.slice(0, -1);
  const program = wordIn(fields, programs) ?? whole;
  const process = wordIn(fields, processes);
  if (program === undefined || process === undefined || process === "-" || program.endsWith("]"))
    return program;
  return `${program}[${process}]`;
}

function stampOf(fields: Fields): string {
  const microseconds = microsecondsIn(fields);
  if (microseconds !== undefined) return traditionalTime(Math.floor(microseconds / 1_000_000));
  for (const time of timesIn(fields)) {
    const stamp = withoutStamp(`${time} `)?.stamp;
    if (stamp !== undefined) return stamp;
  }
  return unstatedTime;
}

/** The first of the fields that is there and not empty. */
function wordIn(fields: Fields, names: readonly string[]): ByteString | undefined {
  for (const name of names) {
    const text = bytesIn(fields[name]);
    if (text !== undefined && text !== "") return text;
  }
  return undefined;
}

/** journald writes what is no UTF-8 as a list of bytes, and several values of a field as a list of texts. */
function bytesIn(value: unknown): ByteString | undefined {
  if (typeof value === "string") return textOf(value);
  if (typeof value === "number") return String(value);
  if (!Array.isArray(value)) return undefined;
  if (value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255))
    return Buffer.from(value).toString("latin1").replaceAll("\n", "\\x0a");
  return value.every((text) => typeof text === "string") ? textOf(value.join("\n")) : undefined;
}
