/**
 * Reads lines as journalctl prints them with another --output than the traditional one, and as OpenWrt's logread does.
 * Promise: only what journalctl put before the message is looked at.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { traditionalTime } from "../traditional-time.js";
import { programOfUnit } from "./units.js";
import { hostedLine } from "./stamped.js";
import {
  hostPattern,
  processTagPattern,
  tagPattern,
  traditionalStamp,
  unstatedTime,
  type FormReading,
  type Unstated,
} from "./form-reading.js";
import { monthOf } from "../months.js";

/** "Sun 2026-11-22 07:31:09 UTC ". */
const full =
  /^[A-Z][a-z]{2} \d{4}-(\d\d)-(\d\d) (\d\d:\d\d:\d\d)(?:\.\d{1,6})? (?:[A-Z]{2,5}|[+-]\d{2,4}) (?=\S)/;
/** "Sun Nov 22 07:31:09 2026 ", and logread's -t. */
const ctime =
  /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d) \d{4} (?:\[\d{1,11}\.\d{3}\] )?(?=\S)/;
const facility = /^[a-z]{3,8}[0-7]?\.[a-z]{3,7} (?=\S)/;
/** "1784713652.755556 ". */
const unix = /^(\d{9,11})\.\d{6} (?=\S)/;
/** "[4158954.403152] " and, of short-delta, "[4158954.403152 <    0.000123 >] ". */
const monotonic = /^\[ *\d{1,11}\.\d{6}(?: +(?:< *\d{1,11}\.\d{6} >)?)?\] (?=\S)/;
const hostAndTag = new RegExp(`^(${hostPattern}) (?:(kernel: |${processTagPattern})|${tagPattern})`);
const unit = new RegExp(
  `^(${hostPattern}) ([^\\s[\\]/]{1,255}\\.(?:service|scope|socket|mount|swap|timer|path))((?:\\[\\d{1,10}\\])?: )`,
);

const longestStart = 512;

export function journalctlReading(line: ByteString, unstated: Unstated): FormReading | undefined {
  const head = line.slice(0, longestStart);
  const [fullStart, month, day, time = ""] = full.exec(head) ?? [];
  if (fullStart !== undefined) {
    const stamp = traditionalStamp(Number(month) - 1, Number(day), time);
    const rest = line.slice(fullStart.length);
    return stamp === undefined
      ? undefined
      : (unitReading(stamp, rest) ?? named("journalctl -o short-full", stamp, rest, unstated));
  }
  const [ctimeStart, monthName = "", ctimeDay, ctimeTime = ""] = ctime.exec(head) ?? [];
  if (ctimeStart !== undefined) {
    const stamp = traditionalStamp(monthOf(monthName) ?? -1, Number(ctimeDay), ctimeTime);
    const rest = line.slice(ctimeStart.length);
    return stamp === undefined
      ? undefined
      : named("a day of the week", stamp, rest.replace(facility, ""), unstated);
  }
  const [unixStart, seconds] = unix.exec(head) ?? [];
  if (unixStart !== undefined)
    return named(
      "journalctl -o short-unix",
      traditionalTime(Number(seconds)),
      line.slice(unixStart.length),
      unstated,
    );
  const [monotonicStart] = monotonic.exec(head) ?? [];
  if (monotonicStart === undefined) return undefined;
  const rest = line.slice(monotonicStart.length);
  return monotonicReading(line, rest, unstated);
}

/** The kernel's own messages begin so, too: without a process, only the host tells one from the other. */
function monotonicReading(line: ByteString, rest: ByteString, unstated: Unstated): FormReading {
  const ofKernel: FormReading = {
    form: "dmesg",
    line: `${unstatedTime} ${unstated.hostname} kernel: ${line}`,
  };
  const [all, hostname, sure] = hostAndTag.exec(rest.slice(0, longestStart)) ?? [];
  if (all === undefined || hostname === undefined) return ofKernel;
  const reading = { form: "journalctl -o short-monotonic", line: `${unstatedTime} ${rest}`, hostname };
  return sure === undefined ? { ...reading, doubt: "form", otherwise: ofKernel } : reading;
}

function named(form: string, stamp: string, rest: ByteString, unstated: Unstated): FormReading | undefined {
  const reading = hostedLine(stamp, rest, unstated);
  return reading && { form, ...reading };
}

/** With -o with-unit the unit stands in the place of the program. Which program a session's lines are of is not known. */
function unitReading(stamp: string, rest: ByteString): FormReading | undefined {
  const found = unit.exec(rest.slice(0, longestStart));
  if (!found) return undefined;
  const [all, hostname = "", name = "", process = ""] = found;
  const message = rest.slice(all.length);
  const program = programOfUnit(name, message) ?? name;
  return {
    form: "journalctl -o with-unit",
    line: `${stamp} ${hostname} ${program}${process}${message}`,
    hostname,
  };
}
