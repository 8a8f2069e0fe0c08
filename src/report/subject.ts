/**
 * The subject of a report's mail.
 * Promise: a fixed template with the host's name and counts; no text of any log ever stands in it.
 */
import type { Headline, Report } from "./document.js";
import { countOf, formatCount } from "./render/wording.js";

/** Printable ASCII. `page` counts from 1; where a report is one mail, none is named. */
export function subjectOf(
  { hostname, headline }: Pick<Report, "hostname" | "headline">,
  page = 1,
  pages = 1,
): string {
  const host = hostname.replaceAll(/[^A-Za-z0-9._-]/g, "?").slice(0, 255);
  const part = pages > 1 ? ` (${page}/${pages})` : "";
  return `[logwinnow] ${host}: ${summaryOf(headline)}${part}`;
}

/** "2 ALARMS, 3 violations, 14 other, 1 notice"; "nothing to report". */
function summaryOf({ never, violation, remainder, notices }: Headline): string {
  const counts = [
    never > 0 ? countOf(never, "ALARM", "ALARMS") : "",
    violation > 0 ? countOf(violation, "violation") : "",
    remainder > 0 ? `${formatCount(remainder)} other` : "",
    notices > 0 ? countOf(notices, "notice") : "",
  ];
  return counts.filter((count) => count !== "").join(", ") || "nothing to report";
}
