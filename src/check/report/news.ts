/**
 * Decides whether a report goes now, or waits for the digest.
 * Promise: only kinds that were told before and come as usual wait; in doubt a report goes.
 */
import type { Group } from "../../group/group.js";
import { isBack } from "../../memory/kinds/back.js";
import type { OpenReport } from "../../report/open-report-shape.js";
import { digestText, type Digest } from "./digest.js";

/** A violation that so many reports told is told by the digest. */
const fewReports = 3;

/** Whether a kind of lines is worth a mail of its own. An alarm that goes on is one again after `repeatMs`. */
export function isNews(
  { layer, history }: Group,
  { nowMs, repeatMs }: { readonly nowMs: number; readonly repeatMs: number },
): boolean {
  if (history === undefined || !history.isUsual || history.hasNewValues) return true;
  if (history.ackedUntilMs !== undefined && history.ackedUntilMs > nowMs) return false;
  if (isBack(history, nowMs)) return true;
  const agoMs = nowMs - history.lastMs;
  switch (layer) {
    case "never":
      // A time in the future is of a clock that was wrong.
      return agoMs < 0 || agoMs >= repeatMs;
    case "violation":
      return history.reports < fewReports;
    case "remainder":
    case "ignored":
      return false;
  }
}

/** Runs that come each hour are a few seconds apart from it. */
export const usualRepeatMs = 4 * 3_600_000 - 300_000;

/** "no mail: 1 known kind, as usual; digest at 07:00". */
export function waitingText(
  { groups, volume = [] }: Pick<OpenReport, "groups" | "volume">,
  digest: Digest,
  now: Date,
): string {
  const kinds = new Set(groups.map(({ kind, shape }) => kind ?? shape)).size;
  const known = kinds === 0 ? "nothing new" : `${kinds} known ${kinds === 1 ? "kind" : "kinds"}, as usual`;
  const marks = volume.length === 0 ? "" : `, ${volume.length} with far more lines than usual`;
  return `no mail: ${known}${marks}; ${digestText(digest, now)}`;
}

/** Report files are kept for 30 days, and a report names each of them. */
const longestWaitMs = 25 * 86_400_000;
const mostReportFiles = 400;

/** Whether what waits has become too much, so that it is told whatever it is. */
export function isTooMuch(
  { reportFiles }: { readonly reportFiles: readonly unknown[] },
  from: Date | undefined,
  now: Date,
): boolean {
  const waitedMs = from === undefined ? 0 : now.getTime() - from.getTime();
  return reportFiles.length > mostReportFiles || waitedMs > longestWaitMs;
}
