/** What the sample reports say, as forms are made of it. */
import { buildReport, type ReportParts } from "../../src/report/build-report.js";
import { outlineOf } from "../../src/report/outline/build-outline.js";
import type { Limits } from "../../src/report/outline/limits.js";
import type { Outline } from "../../src/report/outline/outline.js";
import type { Hour } from "../../src/report/render/html/page/chart.js";
import type { PageExtras } from "../../src/report/render/html/page/page.js";
import { sampleParts } from "./sample-report.js";

export function sampleOutline(parts: ReportParts = sampleParts(), limits?: Limits): Outline {
  return outlineOf(buildReport(parts), limits && { limits });
}

/** A day of which the last hour was bad. */
const hours: readonly Hour[] = Array.from({ length: 24 }, (_, index) => ({
  time: `${String((index + 1) % 24).padStart(2, "0")}:00`,
  never: index === 23 ? 3 : 0,
  violation: index % 5 === 0 ? 1 : 0,
  remainder: 20 + (index % 7),
  ignored: 4000 + 20 * index + (index === 23 ? 9000 : 0),
}));

/** What a page has beside its outline. */
export const sampleExtras: PageExtras = { hours, commands: new Set(["show", "explain", "ack"]) };
