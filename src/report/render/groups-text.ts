/** Groups alone in plain text, as `filter --group` prints them. */
import type { Group } from "../../group/group.js";
import { sectionsOf } from "../build-report.js";
import { outlineOf } from "../outline/build-outline.js";
import { richestKinds, richestLimits } from "../outline/limits.js";
import { noTallies } from "../tallies.js";
import { kindsPage } from "./outline-page.js";
import { setPage } from "./set-page.js";

/** A pipe may go on with the lines: none is broken. */
const style = {
  wordColumns: Infinity,
  logColumns: Infinity,
  heading: (words: string) => words,
  paint: (text: string) => text,
};
/** More than any table of groups holds. */
const allBytes = 2 ** 30;

/** Each line with its host. Times of another day than `now` are shown with their day. */
export function groupsText(groups: readonly Group[], now: Date): string {
  const headline = { never: 0, violation: 0, remainder: 0, ignored: 0, read: 0, notices: 0 };
  const sections = sectionsOf(groups);
  const empty = { notices: [], ledger: [], tallies: noTallies, reportFiles: [] };
  const limits = { ...richestLimits, ...richestKinds(allBytes) };
  const outline = outlineOf({ hostname: "", to: now, headline, sections, ...empty }, { limits });
  return setPage(kindsPage(outline), style);
}
