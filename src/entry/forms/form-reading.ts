/** What a line of another form reads as. */
import type { ByteString } from "../../std/text/byte-string.js";
import { monthNames } from "../months.js";

export interface FormReading {
  /** The form in words, such as "RFC 5424". */
  readonly form: string;
  /** The line under a traditional header. */
  readonly line: ByteString;
  /** The same without the blank that the message begins with: some daemons put one before each message. */
  readonly unpadded?: ByteString;
  /** The host that the line names, if it names one. */
  readonly hostname?: ByteString;
  /**
   * How text of another kind may look the same: "form" of its beginning, or "program" where it names a process, too.
   * Left out: hardly any does.
   */
  readonly doubt?: "form" | "program";
  /** What it is where it is not that. */
  readonly otherwise?: FormReading;
}

/** What the header of a reading says where the line itself says nothing. */
export interface Unstated {
  /** One word. */
  readonly hostname: ByteString;
}

/** The time of a line that states none. */
export const unstatedTime = "Jan  1 00:00:00";

/** Such as "Nov  2 00:41:26". In: the month from 0; the time as it is written. */
export function traditionalStamp(month: number, day: number, time: string): string | undefined {
  const name = monthNames[month];
  return name === undefined || day < 1 || day > 31 ? undefined : `${name} ${String(day).padStart(2)} ${time}`;
}

/** "web1", "2001:db8::10", "source@host", "host/address": a tag ends in ":", a host never does. */
export const hostPattern = "[-._@/%:A-Za-z0-9\\x80-\\xff]{0,254}[-._@/%A-Za-z0-9\\x80-\\xff]";

/** "sshd[812]:", "kernel:", "/usr/sbin/cron[9]:", and a blank or the line's end. */
export const tagPattern = "[^\\s[\\]]{1,128}?(?:\\[[^\\s\\]]{1,32}\\])?:(?= |$)";
export const processTagPattern = "[^\\s:[\\]]{1,128}\\[\\d{1,10}\\]:(?= |$)";

/** A message under its header. */
export function underHeader(header: ByteString, message: ByteString): Pick<FormReading, "line" | "unpadded"> {
  const line = header + message;
  return message.startsWith(" ") ? { line, unpadded: header + message.slice(1) } : { line };
}
