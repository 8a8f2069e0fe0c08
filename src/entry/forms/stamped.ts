/**
 * Reads lines that begin with a time stamp, traditional or ISO, but go on in another way than the common header does.
 * Promise: only what the daemon that wrote the line put before the message is looked at.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { readLooseStamp } from "../loose-stamp.js";
import {
  hostPattern,
  tagPattern,
  traditionalStamp,
  type FormReading,
  type Unstated,
} from "./form-reading.js";
import { rfc5424Reading } from "./rfc5424.js";

interface StampedLine {
  /** The stamp as the traditional header has it. */
  readonly stamp: string;
  readonly isIso: boolean;
  /** What follows the stamp and a blank. */
  readonly rest: ByteString;
}

const iso = /^\d{4}-(\d\d)-(\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)? /;
const longestStamp = 48;

/** The line without its stamp; undefined where it begins with none. */
export function withoutStamp(line: ByteString): StampedLine | undefined {
  const head = line.slice(0, longestStamp);
  const found = iso.exec(head);
  if (found) {
    const [all, month, day, time = ""] = found;
    const stamp = traditionalStamp(Number(month) - 1, Number(day), time);
    return stamp === undefined ? undefined : { stamp, isIso: true, rest: line.slice(all.length) };
  }
  const loose = readLooseStamp(head);
  if (!loose || line[loose.length] !== " ") return undefined;
  const time = /\d\d:\d\d:\d\d/.exec(head)?.[0] ?? "";
  const stamp = traditionalStamp(loose.month, loose.day, time);
  return stamp === undefined ? undefined : { stamp, isIso: false, rest: line.slice(loose.length + 1) };
}

const facility =
  "(?:kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|ntp|security|console|audit|alert|clock|local[0-7])";
const severity = "(?:emerg|panic|alert|crit|err|error|warn|warning|notice|info|debug)";
/** FreeBSD's syslogd -v and -vv: before the host. */
const bracketedFacility = new RegExp(`^<(?:\\d{1,3}\\.\\d|${facility}\\.${severity})> `);
/** busybox, AIX: after the host. */
const facilityAfterHost = new RegExp(
  `^(${hostPattern}) (?:${facility}\\.${severity}|[a-z0-7|]{1,64}:${severity}) (?=\\S)`,
);
/** Solaris: after the tag. */
const messageId = new RegExp(
  `^(${hostPattern} ${tagPattern}) \\[ID \\d{1,10} ${facility}\\.${severity}\\](?= )`,
);
const commonRest = new RegExp(`^(?:(${hostPattern})|) `);
const tag = new RegExp(`^${tagPattern}`);

/** Undefined where the line begins with no stamp, "common" where it has the header that rules match anyway. */
export function stampedReading(line: ByteString, unstated: Unstated): FormReading | "common" | undefined {
  const stamped = withoutStamp(line);
  if (!stamped) return undefined;
  const { stamp, rest } = stamped;
  const before = bracketedFacility.exec(rest);
  if (before) {
    const withHost = hostedLine(stamp, rest.slice(before[0].length), unstated);
    return withHost && { form: "a facility before the host", ...withHost };
  }
  const after = facilityAfterHost.exec(rest);
  if (after) {
    const [all, hostname = ""] = after;
    return {
      form: "a facility after the host",
      line: `${stamp} ${hostname} ${rest.slice(all.length)}`,
      hostname,
    };
  }
  const id = messageId.exec(rest);
  if (id) return { form: "a message ID after the tag", line: `${stamp} ${id[1]}${rest.slice(id[0].length)}` };
  if (tag.test(rest)) return { form: "no host", line: `${stamp} ${unstated.hostname} ${rest}` };
  if (stamped.isIso) {
    const reading = rfc5424Reading(stamp, rest, "is untagged");
    if (reading) return { form: "RFC 5424 without a priority", ...reading };
  }
  return commonRest.test(rest) ? "common" : undefined;
}

/** A line from the host on, or from the tag on where there is no host. */
export function hostedLine(
  stamp: string,
  rest: ByteString,
  unstated: Unstated,
): Pick<FormReading, "line" | "hostname"> | undefined {
  if (tag.test(rest)) return { line: `${stamp} ${unstated.hostname} ${rest}` };
  const found = commonRest.exec(rest);
  if (!found) return undefined;
  const [, hostname] = found;
  return { line: `${stamp} ${rest}`, ...(hostname !== undefined && { hostname }) };
}

/** The host that a line with the common header names. */
export function commonHost(line: ByteString): ByteString | undefined {
  return commonRest.exec(withoutStamp(line)?.rest ?? "")?.[1];
}
