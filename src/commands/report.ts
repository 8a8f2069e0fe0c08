/** `logwinnow report`: prints a whole report that an earlier run made. */
import { decodePage } from "../report/render/stored-page.js";
import { realDisk } from "../std/disk.js";
import { sayNotices } from "../std/standard-error.js";
import { paged } from "../std/pager.js";
import { writeAll } from "../std/standard-output.js";
import { layoutOf } from "../store/layout.js";
import { requireOwnDirectory } from "../store/owner.js";
import { ownStateDirectory } from "../store/places.js";
import { wholeReport, type KeptReport } from "../store/report-files.js";
import { printPage, printsForTerminal } from "./printed-report.js";

export interface ReportOptions {
  /** As the mail names it, or its beginning. Left out: the newest report. */
  readonly id?: string;
  readonly html: boolean;
  readonly state?: string;
}

export type ReportOutcome = "done" | "no such report";

export async function report({ id = "", html, state }: ReportOptions): Promise<ReportOutcome> {
  const directory = state ?? ownStateDirectory();
  requireOwnDirectory(directory, "report");
  const layout = layoutOf(directory);
  const found = wholeReport(realDisk, layout, id.toLowerCase());
  const isPrinted = found !== undefined && (html ? printHtml(found) : await printText(found));
  if (isPrinted) return "done";
  const name = found?.id ?? id;
  const what = name === "" ? "no report is kept" : `no report "${name}" is kept`;
  const done = "nothing printed";
  sayNotices([{ where: layout.full, what: found && html ? `${what} as a page for a browser` : what, done }]);
  return "no such report";
}

/** Whether there is one. */
function printHtml({ read }: KeptReport): boolean {
  const page = read("html");
  if (page !== undefined) writeAll(page);
  return page !== undefined;
}

/** As a terminal of this width shows it; the text where it is no terminal, or the page is one of another version. */
async function printText({ read }: KeptReport): Promise<boolean> {
  const stored = printsForTerminal() ? read("page") : undefined;
  const page = stored && decodePage(stored);
  if (page !== undefined) {
    await printPage(page);
    return true;
  }
  const text = read("txt");
  if (text !== undefined) await paged((write) => write(Buffer.from(text).toString()));
  return text !== undefined;
}
