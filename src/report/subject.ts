/**
 * The subject of a report's mail.
 * Promise: a fixed template with the host's name and counts; no text of any log ever stands in it.
 */
import { linesIn, type Report } from "./document.js";
import { countOf, formatCount } from "./render/wording.js";

/** Printable ASCII. `page` counts from 1; where a report is one mail, none is named. */
export function subjectOf(report: Report, page = 1, pages = 1): string {
  const host = report.hostname.replaceAll(/[^A-Za-z0-9._-]/g, "?").slice(0, 255);
  const part = pages > 1 ? ` (${page}/${pages})` : "";
  return `[logwinnow] ${host}: ${summaryOf(report)}${part}`;
}

/** "2 ALARMS, 3 violations, 14 other, 1 notice"; "nothing to report". */
function summaryOf(report: Report): string {
  const alarms = linesIn(report, "never");
  const violations = linesIn(report, "violation");
  const others = linesIn(report, "remainder");
  const notices = report.notices.length;
  const counts = [
    alarms > 0 ? countOf(alarms, "ALARM", "ALARMS") : "",
    violations > 0 ? countOf(violations, "violation") : "",
    others > 0 ? `${formatCount(others)} other` : "",
    notices > 0 ? countOf(notices, "notice") : "",
  ];
  return counts.filter((count) => count !== "").join(", ") || "nothing to report";
}
