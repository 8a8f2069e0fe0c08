/** A day of counts, for a chart. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { decodeHours, encodeHours, withRun, type HourlyCounts } from "../../src/memory/hours.js";
import { chartHours } from "../../src/report/render/html/page/hours.js";
import type { Stored } from "../../src/store/stored.js";
import { useTimeZone } from "../support/time-zone.js";

const at = (text: string): Date => new Date(`2026-03-04T${text}:00Z`);
const counts = (never: number): Omit<HourlyCounts, "hour"> => ({
  never,
  violation: 0,
  remainder: 2,
  ignored: 900,
});

describe("the lines of each hour", () => {
  useTimeZone("UTC");

  it("adds up the runs of an hour, and keeps a day", () => {
    let hours = withRun([], counts(1), at("10:02"));
    hours = withRun(hours, counts(2), at("10:40"));
    expect(hours).to.have.length(1);
    expect(hours[0]).to.include({ never: 3, remainder: 4, ignored: 1800 });
    for (let day = 5; day < 9; day++)
      for (let hour = 0; hour < 24; hour++)
        hours = withRun(hours, counts(0), new Date(Date.UTC(2026, 2, day, hour, 2)));
    expect(hours).to.have.length(24);
    expect(hours.every(({ never }) => never === 0)).to.equal(true);
  });

  it("forgets hours that have not come, when the clock is put back", () => {
    const hours = withRun(withRun([], counts(1), at("20:00")), counts(2), at("10:00"));
    expect(hours.map(({ never }) => never)).to.deep.equal([2]);
  });

  it("goes through its document, and does without what is none", () => {
    const hours = withRun([], counts(1), at("10:02"));
    expect(decodeHours({ kind: "stored", stored: encodeHours(hours) })).to.deep.equal(hours);
    const stored = JSON.parse(readFileSync("test/store/versions/hours-1.json", "utf8")) as Stored;
    expect(decodeHours({ kind: "stored", stored })).to.have.length(2);
    const other = { kind: "hours", version: 1, data: { hours: [{ hour: "x" }] } };
    expect(decodeHours({ kind: "stored", stored: other })).to.deep.equal([]);
    expect(decodeHours({ kind: "nothing" })).to.deep.equal([]);
  });

  it("shows an hour without a run as one without lines", () => {
    const hours = withRun(withRun([], counts(1), at("10:02")), counts(2), at("13:02"));
    expect(chartHours(hours).map(({ time, never }) => `${time} ${never}`)).to.deep.equal([
      "10:00 1",
      "11:00 0",
      "12:00 0",
      "13:00 2",
    ]);
    expect(chartHours([])).to.deep.equal([]);
  });
});
