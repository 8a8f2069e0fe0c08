/** The hours of the chart, of what is remembered of them. Promise: an hour without a run is there, with nothing in it. */
import type { HourlyCounts } from "../../../../memory/hours.js";
import type { Hour } from "./chart.js";

const hourMs = 3_600_000;

/** In: the earliest first, the last one the report's own. Times are local. */
export function chartHours(hours: readonly HourlyCounts[]): readonly Hour[] {
  const [first, last] = [hours[0], hours.at(-1)];
  if (first === undefined || last === undefined) return [];
  const byHour = new Map(hours.map((each) => [each.hour, each]));
  return Array.from({ length: last.hour - first.hour + 1 }, (_, index) => {
    const hour = first.hour + index;
    const none = { never: 0, violation: 0, remainder: 0, ignored: 0 };
    const time = `${String(new Date(hour * hourMs).getHours()).padStart(2, "0")}:00`;
    return { ...none, ...byHour.get(hour), time };
  });
}
