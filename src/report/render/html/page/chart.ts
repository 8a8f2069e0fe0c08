/**
 * Lines an hour as strips, one a layer, and the same as a table.
 * Promise: each strip has a scale of its own, so that one alarm is seen beside thousands of ignored lines.
 */
import type { Words } from "../../../../std/text/byte-string.js";
import { countOf, formatCount } from "../../wording.js";
import { element, joined, text, type Markup } from "../markup.js";
import { dataTable } from "./pieces.js";

/** Lines of one hour, by layer. */
export interface Hour {
  /** "07:00": when it began. */
  readonly time: Words;
  readonly never: number;
  readonly violation: number;
  readonly remainder: number;
  readonly ignored: number;
}

const strips = [
  { layer: "never", name: "alarm", colour: "alarm" },
  { layer: "violation", name: "violation", colour: "violation" },
  { layer: "remainder", name: "other", colour: "new" },
  { layer: "ignored", name: "ignored", colour: "known" },
] as const;

const barWidth = 10;
const height = 36;

/** In: hours in their order, the last one the report's own. */
export function chart(hours: readonly Hour[]): Markup {
  const table = dataTable(
    "Lines an hour, table",
    [{ title: "Hour", isNumber: false }, ...strips.map(({ name }) => ({ title: name, isNumber: true }))],
    hours.map((hour) => ({
      cells: [text(hour.time), ...strips.map(({ layer }) => text(formatCount(hour[layer])))],
    })),
  );
  return element(
    "figure",
    {},
    ...strips.map(({ layer, name, colour }) => strip(name, colour, hours, (hour) => hour[layer])),
    axis(hours),
    element("details", { class: "plain" }, element("summary", {}, text("The same as a table")), table),
  );
}

function strip(name: Words, colour: string, hours: readonly Hour[], of: (hour: Hour) => number): Markup {
  const most = Math.max(1, ...hours.map(of));
  const last = hours.at(-1);
  const now = last ? of(last) : 0;
  const usual = median(hours.slice(0, -1).map(of));
  const width = hours.length * barWidth;
  const bars = hours.flatMap((hour, index) => {
    const count = of(hour);
    if (count === 0) return [];
    // One line is seen, however many there were in another hour.
    const size = Math.max(2, Math.round((count / most) * height));
    const title = element("title", {}, text(`${hour.time}, ${formatCount(count)}`));
    const place = { x: index * barWidth + 1, y: height - size, width: barWidth - 2, height: size };
    return [element("rect", place, title)];
  });
  const label = `${name}: ${countOf(now, "line")} in the last hour, ${formatCount(usual)} in the middle of those before`;
  return element(
    "div",
    { class: `strip ${colour}` },
    element("span", {}, text(name)),
    element(
      "svg",
      {
        viewBox: `0 0 ${width} ${height + 1}`,
        preserveAspectRatio: "none",
        role: "img",
        "aria-label": label,
      },
      element("line", { x1: 0, x2: width, y1: height + 0.5, y2: height + 0.5 }),
      ...bars,
    ),
    element(
      "span",
      { class: "muted" },
      element("b", {}, text(formatCount(now))),
      text(` usually ${formatCount(usual)}`),
    ),
  );
}

/** The times of a few hours below the strips, each where its bar begins: all hours have a place of the same width. */
function axis(hours: readonly Hour[]): Markup {
  const every = Math.max(1, Math.ceil(hours.length / 4));
  const pad = element("span", { class: "pad" });
  const places = hours.map(({ time }, index) =>
    element("span", {}, index % every === 0 ? text(time) : undefined),
  );
  const times = element("div", {}, ...places);
  return element("div", { class: "strip hours", "aria-hidden": "true" }, joined([pad, times, pad]));
}

function median(counts: readonly number[]): number {
  const sorted = counts.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
