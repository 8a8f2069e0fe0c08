/**
 * What the headers of a report's mail say: for the list of a phone, for filters, for programs that answer by themselves.
 * Promise: words of ours and counts alone; an alarm never sinks into a thread, and no mail is answered by a machine.
 */
import type { Words } from "../../std/text/byte-string.js";

/** What a mail is about, as far as headers say it. */
export interface MailAbout {
  /** The first label of the host's name. */
  readonly host: Words;
  readonly reportId: Words;
  readonly urgency: "alarm" | "news" | "digest" | "blind";
  /** Of kinds. */
  readonly counts: {
    readonly alarms: number;
    readonly violations: number;
    readonly fresh: number;
    readonly known: number;
  };
  /** Ids, the worst first. */
  readonly kinds: readonly Words[];
}

const maxKinds = 12;

/** By name. RFC 3834 for `Auto-Submitted`, RFC 2919 for `List-Id`; Exchange heeds `X-Auto-Response-Suppress`. */
export function reportHeaders(
  { host, reportId, urgency, counts, kinds }: MailAbout,
  hostname: string,
): Readonly<Record<string, string>> {
  const { alarms, violations, fresh, known } = counts;
  return {
    "List-Id": `logwinnow on ${host} <logwinnow.${hostname}>`,
    "X-Auto-Response-Suppress": "All",
    ...(urgency === "alarm" && { Importance: "high", "X-Priority": "1" }),
    ...(urgency === "digest" && { Importance: "low", Precedence: "bulk" }),
    "X-Logwinnow-Host": host,
    "X-Logwinnow-Report": reportId,
    "X-Logwinnow-Urgency": urgency,
    "X-Logwinnow-Counts": `alarm=${alarms} violation=${violations} new=${fresh} known=${known}`,
    ...(kinds.length > 0 && { "X-Logwinnow-Kinds": kinds.slice(0, maxKinds).join(" ") }),
  };
}

/** A message that never was, below which mail programs show a day's news, or a month's digests. Undefined for an alarm. */
export function threadOf({ host, urgency }: MailAbout, date: Date, hostname: string): string | undefined {
  if (urgency === "alarm") return undefined;
  const day = date.toISOString();
  return urgency === "digest"
    ? `<digest.${day.slice(0, 7)}.${host}@${hostname}>`
    : `<news.${day.slice(0, 10)}.${host}@${hostname}>`;
}
