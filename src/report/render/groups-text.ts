/** Groups alone in plain text, as `filter --group` prints them. */
import type { Group } from "../../group/group.js";
import { sectionsOf } from "../build-report.js";
import { sectionBlocks } from "../layout.js";
import { textOf } from "./text.js";

/** The sections of a report without anything around them. Times of another day than `now` are shown with their day. */
export function groupsText(groups: readonly Group[], now: Date): string {
  return textOf(sectionBlocks(sectionsOf(groups), now, ({ samples }) => samples)).replace(/^\n+/, "");
}
