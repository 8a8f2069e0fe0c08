/** `logwinnow report`: prints a whole report that an earlier run made. */
import { realDisk } from "../std/disk.js";
import { sayNotices } from "../std/standard-error.js";
import { writeAll } from "../std/standard-output.js";
import { layoutOf } from "../store/layout.js";
import { requireOwnDirectory } from "../store/owner.js";
import { ownStateDirectory } from "../store/places.js";
import { wholeReport } from "../store/report-files.js";

export interface ReportOptions {
  /** As the mail names it, or its beginning. Left out: the newest report. */
  readonly id?: string;
  readonly html: boolean;
  readonly state?: string;
}

export type ReportOutcome = "done" | "no such report";

export function report({ id = "", html, state }: ReportOptions): ReportOutcome {
  const directory = state ?? ownStateDirectory();
  requireOwnDirectory(directory, "report");
  const layout = layoutOf(directory);
  const found = wholeReport(realDisk, layout, id.toLowerCase(), html ? "html" : "txt");
  if (!found) {
    const what = id === "" ? "no report is kept" : `no report "${id}" is kept`;
    sayNotices([{ where: layout.full, what, done: "nothing printed" }]);
    return "no such report";
  }
  writeAll(found);
  return "done";
}
