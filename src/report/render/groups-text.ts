/** Groups alone in plain text, as `filter --group` prints them. */
import type { Group } from "../../group/group.js";
import { sectionsOf } from "../build-report.js";
import { noRoutine } from "../routine.js";
import { sectionBlocks } from "./section-text.js";

/** The sections of a report without anything around them. `now` decides which times need their day. */
export function groupsText(groups: readonly Group[], now: Date): string {
  const sections = sectionsOf(groups);
  const report = {
    hostname: "",
    to: now,
    notices: [],
    sections,
    ledger: [],
    routine: noRoutine,
    reportFiles: [],
  };
  const blocks = sections.flatMap((section) => sectionBlocks(section, report, ({ samples }) => samples));
  return blocks
    .map(({ text }) => text)
    .join("")
    .replace(/^\n+/, "");
}
