/**
 * A report as the hourly job hands it on: fitted into a mail, and whole.
 * Promise: the whole report has every kind and every line that was kept, whatever the mail shows or may show.
 */
import type { HourlyCounts } from "../../memory/hours.js";
import type { Report } from "../../report/document.js";
import type { IdCommand } from "../../report/outline/sections/actions.js";
import { outlineOf } from "../../report/outline/build-outline.js";
import { fitReport, type FittedReport } from "../../report/outline/fit.js";
import type { Limits } from "../../report/outline/limits.js";
import type { Outline } from "../../report/outline/outline.js";
import type { Block } from "../../report/render/page.js";
import { encodePage } from "../../report/render/stored-page.js";
import { terminalPage } from "../../report/render/terminal-page.js";
import { fittedHtmlPage, wholeLimits } from "../../report/render/html/page/fit.js";
import { chartHours } from "../../report/render/html/page/hours.js";
import { textForm, textOf } from "../../report/render/text.js";
import { withoutLogText } from "../../report/without-log-text.js";
import type { WholeReport } from "../../store/report-files.js";
import type { ReportSettings } from "../settings.js";

export interface CheckedReport extends FittedReport {
  /** Made when it is asked for, and once. */
  readonly whole: () => WholeReport;
  /** What is printed of it on a terminal. */
  readonly page: () => readonly Block[];
}

/** In: a report whose ledger counts as reported all samples that are not in the report file; the hours of its chart. */
export function checkedReport(
  report: Report,
  settings: ReportSettings,
  hours: readonly HourlyCounts[],
): CheckedReport {
  const { maxBytes, commands = new Set(), user, lines } = settings;
  const { report: mailed, cut: hidden } = lines ? { report, cut: [] } : withoutLogText(report);
  const fitted = fitReport(mailed, [textForm(maxBytes)], settings);
  const outlineWith = (limits: Limits): Outline =>
    outlineOf(report, { limits, commands, ...(user !== undefined && { user }) });
  let whole: WholeReport | undefined;
  return {
    ...fitted,
    cut: [...hidden, ...fitted.cut],
    whole: () => (whole ??= wholeReport(outlineWith, hours, commands)),
    page: () => terminalPage(fitted.outline, chartHours(hours)),
  };
}

/** A larger one is not kept: its text is. */
const mostPageBytes = 32 * 2 ** 20;

function wholeReport(
  outlineWith: (limits: Limits) => Outline,
  hours: readonly HourlyCounts[],
  commands: ReadonlySet<IdCommand>,
): WholeReport {
  const outline = outlineWith(wholeLimits);
  const html = fittedHtmlPage(outlineWith, { hours: chartHours(hours), commands });
  const page = encodePage(terminalPage(outline, chartHours(hours)));
  const forms = {
    txt: Buffer.from(textOf(outline)),
    ...(page.length <= mostPageBytes && { page }),
    ...(html !== undefined && { html: Buffer.from(html) }),
  };
  return { id: outline.reportId, forms };
}
