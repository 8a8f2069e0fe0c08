/** Far more lines than usual are said once, after a week of learning, and of nothing that is new. */
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { decodeVolume, encodeVolume, type VolumeRecords } from "../../../src/memory/volume/records.js";
import {
  judgeVolume,
  mergedMarks,
  type RunVolume,
  type VolumeMark,
} from "../../../src/memory/volume/volume.js";
import { decodeStored, encodeStored } from "../../../src/store/stored.js";

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 9, 1);

/** Runs each hour, with the lines that these give for it. */
class Month {
  records: VolumeRecords | undefined;
  hour = 0;

  run(lines: Partial<Pick<RunVolume, "sources" | "ignored" | "isYoungerThan" | "hours">>): readonly string[] {
    const { sources = {}, ignored = {}, isYoungerThan = () => false, hours = 1 } = lines;
    this.hour += hours;
    const nowMs = startMs + this.hour * hourMs;
    const { marks, records } = judgeVolume(this.records, { sources, ignored, isYoungerThan, hours, nowMs });
    this.records = records;
    return marks.map(({ of, name, lines: perHour, most }) => `${of} ${name} ${perHour} ${most}`);
  }

  learn(lines: Parameters<Month["run"]>[0], hours = 7 * 24 + 1): void {
    for (let hour = 0; hour < hours; hour++) expect(this.run(lines)).to.deep.equal([]);
  }
}

describe("the volume of sources and of ignored lines", () => {
  let month: Month;
  beforeEach(() => (month = new Month()));

  const judgements: readonly (readonly [string, number, readonly string[]])[] = [
    ["five times the most is not more than five times", 300, []],
    ["more than five times is", 301, ["source syslog 301 60"]],
  ];
  for (const [what, lines, marks] of judgements)
    it(what, () => {
      month.learn({ sources: { syslog: 60 } });
      expect(month.run({ sources: { syslog: lines } })).to.deep.equal(marks);
    });

  it("says nothing of fewer than 200 lines an hour, however few are usual", () => {
    month.learn({ sources: { syslog: 1 } });
    expect(month.run({ sources: { syslog: 199 } })).to.deep.equal([]);
  });

  it("says nothing before a week is known", () => {
    month.learn({ sources: { syslog: 60 }, ignored: { idle: 60 } }, 6 * 24);
    expect(month.run({ sources: { syslog: 6000 }, ignored: { idle: 6000 } })).to.deep.equal([]);
  });

  it("says a flood once, and what is far above it again", () => {
    month.learn({ ignored: { idle: 60 } });
    expect(month.run({ ignored: { idle: 400 } })).to.deep.equal(["ignored idle 400 60"]);
    expect(month.run({ ignored: { idle: 1900 } })).to.deep.equal([]);
    expect(month.run({ ignored: { idle: 9501 } })).to.deep.equal(["ignored idle 9501 1900"]);
  });

  it("goes by lines an hour where a run is of several", () => {
    month.learn({ sources: { syslog: 60 } });
    expect(month.run({ sources: { syslog: 2900 }, hours: 10 })).to.deep.equal([]);
    expect(month.run({ sources: { syslog: 14_510 }, hours: 10 })).to.deep.equal(["source syslog 1451 290"]);
  });

  it("compares a source that is new with nothing, and a sort of lines that was never there with none", () => {
    month.learn({ sources: { syslog: 60 } });
    expect(month.run({ sources: { "mail.log": 5000 }, ignored: { "Invalid user": 900 } })).to.deep.equal([
      "ignored Invalid user 900 0",
    ]);
  });

  it("says nothing of lines that a rule ignores that is new", () => {
    month.learn({ sources: { syslog: 60 } });
    const asked: (readonly [string, number])[] = [];
    const isYoungerThan = (name: string, timeMs: number): boolean => asked.push([name, timeMs]) > 0;
    expect(month.run({ ignored: { noise: 5000 }, isYoungerThan })).to.deep.equal([]);
    expect(asked).to.deep.equal([["noise", startMs + (month.hour - 7 * 24) * hourMs]]);
  });

  it("forgets the most of an hour after four weeks", () => {
    month.learn({ sources: { syslog: 60 } });
    month.run({ sources: { syslog: 250 } });
    month.learn({ sources: { syslog: 45 } }, 4 * 7 * 24);
    expect(month.run({ sources: { syslog: 251 } })).to.deep.equal(["source syslog 251 45"]);
  });

  it("forgets sources that are gone, and is bounded", () => {
    for (let hour = 0; hour < 40; hour++)
      month.run({
        sources: Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`${hour}-${n}.log`, 1])),
      });
    expect(Object.keys(month.records?.sources ?? {})).to.have.length(2000);
    month.learn({ sources: { syslog: 1 } }, 5 * 7 * 24);
    expect(Object.keys(month.records?.sources ?? {})).to.deep.equal(["syslog"]);
  });

  it("does not trust a time that has not come", () => {
    month.hour = 9000;
    month.learn({ sources: { syslog: 60 } });
    month.hour = 0;
    expect(month.run({ sources: { syslog: 6000 } })).to.deep.equal([]);
    month.learn({ sources: { syslog: 6000 } });
    expect(month.run({ sources: { syslog: 30_001 } })).to.deep.equal(["source syslog 30001 6000"]);
  });

  it("keeps of several runs each name once, with its most lines, and those that stand out most first", () => {
    const mark = (name: string, lines: number, most: number): VolumeMark => ({
      of: "source",
      name,
      lines,
      most,
      atMs: startMs,
    });
    const early = [mark("a", 900, 100), mark("b", 700, 10)];
    expect(mergedMarks(early, [mark("a", 5000, 900)])).to.deep.equal([early[1], mark("a", 5000, 900)]);
    const many = Array.from({ length: 80 }, (_, index) => mark(`log ${index}`, 200 + index, 1));
    expect(mergedMarks(many, [])).to.have.length(50);
  });

  it("goes through its document, version 1, and does without what is none", () => {
    const stored = decodeStored(readFileSync("test/store/versions/volume-1.json"));
    const records = decodeVolume({ kind: "stored", stored });
    expect(records?.ignored["idled: idle"]?.peaks).to.deep.equal([[2967, 60]]);
    expect(records?.unfinished?.sources).to.deep.equal({ "/var/log/syslog": 12 });
    if (records === undefined) throw new Error("no records");
    const again = decodeStored(encodeStored(encodeVolume(records)));
    expect(decodeVolume({ kind: "stored", stored: again })).to.deep.equal(records);
    for (const data of [{}, { ...records, sources: { a: 1 } }, { ...records, sinceMs: "now" }])
      expect(decodeVolume({ kind: "stored", stored: { ...stored, data } })).to.equal(undefined);
    expect(decodeVolume({ kind: "nothing" })).to.equal(undefined);
  });
});
