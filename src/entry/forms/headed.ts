/** Reads a line under any header that a logging daemon writes, if it begins with a priority or states a time. */
import type { ByteString } from "../../std/text/byte-string.js";
import { bareReading } from "./bare.js";
import { unstatedTime, type FormReading, type Unstated } from "./form-reading.js";
import { journalctlReading } from "./journalctl.js";
import { rfc5424Reading } from "./rfc5424.js";
import { stampedReading, withoutStamp } from "./stamped.js";

const priority = /^<(\d{1,3})>(1 )?/;
const version = /^1 (?=\d{4}-|- )/;
/** 23 facilities of 8 severities, the last number being 191. */
const highestPriority = 191;

/** "common" where rules match the header as it is; undefined where it is none. */
export function headedReading(line: ByteString, unstated: Unstated): FormReading | "common" | undefined {
  const [start, number, protocol] = priority.exec(line.slice(0, 8)) ?? [];
  if (start !== undefined) {
    if (Number(number) > highestPriority) return undefined;
    const rest = line.slice(start.length);
    return protocol === undefined ? afterPriority(rest, unstated) : rfc5424(rest, "RFC 5424");
  }
  if (version.test(line.slice(0, 8))) {
    const reading = rfc5424(line.slice(2), "RFC 5424 without a priority");
    if (reading) return reading;
  }
  return stampedReading(line, unstated) ?? journalctlReading(line, unstated);
}

function afterPriority(rest: ByteString, unstated: Unstated): FormReading | undefined {
  const reading =
    stampedReading(rest, unstated) ?? journalctlReading(rest, unstated) ?? bareReading(rest, unstated);
  if (reading === "common") return { form: "a priority before the time stamp", line: rest };
  if (reading === undefined) return undefined;
  // The priority is evidence enough.
  const { doubt: _, form, ...read } = reading;
  return { form: `a priority, then: ${form}`, ...read };
}

function rfc5424(rest: ByteString, form: string): FormReading | undefined {
  const isTimeless = rest.startsWith("- ");
  const stamped = isTimeless ? { stamp: unstatedTime, rest: rest.slice(2) } : withoutStamp(rest);
  const reading = stamped && rfc5424Reading(stamped.stamp, stamped.rest, "is tagged");
  return reading && { form, ...reading };
}
