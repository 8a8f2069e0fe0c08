/** Groups: every finding counted once, a few shown, all bounded. */
import { expect } from "chai";
import type { Layer } from "../../src/rules/layer.js";
import { readEntry } from "../../src/entry/header.js";
import { createGroupTable, defaultGroupLimits, type GroupTable } from "../../src/group/group-table.js";
import type { Finding } from "../../src/group/group.js";
import { kindId } from "../../src/group/kind.js";

const reference = new Date(2026, 10, 22, 12);
const two = { never: 2, violation: 2, remainder: 2, ignored: 2 };
const limits = { ...defaultGroupLimits, maxSamplesPerGroup: two };

function finding(line: string, layer: Layer = "remainder"): Finding {
  const rule = { list: "never", file: "never.d/x", line: 7, text: "x" } as const;
  return {
    source: "/var/log/syslog",
    line,
    trueLengthBytes: line.length,
    verdict: layer === "remainder" ? { layer } : { layer, rule },
    entry: readEntry(line, reference),
  };
}

function countIn(table: GroupTable): number {
  return table.groups().reduce((sum, { count }) => sum + count, 0);
}

describe("group-table: findings that read alike", () => {
  it("join a group with count, time span and its first lines", () => {
    const table = createGroupTable({ isGrouped: true, limits });
    const lines = [
      "Nov 22 00:41:26 web1 app[1]: job 17 failed",
      "Nov 22 00:40:00 web1 app[2]: job 18 failed",
      "Nov 22 00:50:00 web1 app[3]: job 19 failed",
    ];
    expect(lines.map((line) => table.add(finding(line)))).to.deep.equal(["reported", "reported", "counted"]);
    expect(table.groups()).to.deep.equal([
      {
        kind: kindId("remainder", undefined, "app: job * failed"),
        layer: "remainder",
        shape: "app: job * failed",
        count: 3,
        firstMs: new Date(2026, 10, 22, 0, 40).getTime(),
        lastMs: new Date(2026, 10, 22, 0, 50).getTime(),
        hosts: ["web1"],
        samples: lines
          .slice(0, 2)
          .map((line) => ({ source: "/var/log/syslog", line, trueLengthBytes: line.length })),
      },
    ]);
  });

  it("stand worst layer first, then as first seen; a deciding rule is named", () => {
    const table = createGroupTable({ isGrouped: true, limits });
    table.add(finding("a"));
    table.add(finding("b", "violation"));
    table.add(finding("c", "never"));
    table.add(finding("d"));
    table.add(finding("a", "never"));
    const names = table.groups().map(({ layer, shape, rule }) => `${layer} ${shape} ${rule ?? "-"}`);
    expect(names).to.deep.equal([
      "never c never.d/x:7",
      "never a never.d/x:7",
      "violation b never.d/x:7",
      "remainder a -",
      "remainder d -",
    ]);
  });

  it("go on where an earlier batch left off, over plain JSON", () => {
    const lines = ["job 1", "job 2", "\xff\x00 odd", "job 3", "new", "job 4"];
    const whole = createGroupTable({ isGrouped: true, limits });
    for (const line of lines) whole.add(finding(line));
    const first = createGroupTable({ isGrouped: true, limits });
    for (const line of lines.slice(0, 3)) first.add(finding(line));
    const stored: ReturnType<GroupTable["groups"]> = JSON.parse(JSON.stringify(first.groups()));
    const second = createGroupTable({ isGrouped: true, limits }, stored);
    for (const line of lines.slice(3)) second.add(finding(line));
    expect(second.groups()).to.deep.equal(whole.groups());
  });

  it("of alarms many lines are kept: each has its own address to look at", () => {
    const table = createGroupTable({ isGrouped: true, limits: defaultGroupLimits });
    const lines = Array.from(
      { length: 100 },
      (_, index) => `Accepted password for root from 192.0.2.${index}`,
    );
    for (const line of lines) table.add(finding(line, "never"));
    expect(table.groups()).to.have.length(1);
    expect(table.groups()[0]?.samples.map(({ line }) => line)).to.deep.equal(lines);
  });

  it("ungrouped, what no rule decides is one group with its lines in reading order", () => {
    const table = createGroupTable({ isGrouped: false, limits });
    const lines = ["b 1", "a 2", "b 3", "b 4"];
    expect(lines.map((line) => table.add(finding(line)))).to.not.include("counted");
    expect(table.groups()).to.have.length(1);
    expect(table.groups()[0]?.samples.map(({ line }) => line)).to.deep.equal(lines);
  });
});

describe("group-table: a flood", () => {
  const few = { maxSamplesPerGroup: two, maxGroupsPerLayer: 10, maxSampleBytesPerLayer: 1000 };

  /** A word without digits, different for each number. */
  function word(number: number): string {
    return Array.from(String(number), (figure) => "ghijklmnop"[Number(figure)]).join("");
  }

  it("of kinds ends in a group for each program, exact in number", () => {
    const table = createGroupTable({ isGrouped: true, limits: few });
    for (let index = 0; index < 1000; index += 1)
      table.add(finding(`Nov 22 00:41:26 web1 ${index % 2 ? "odd" : "even"}: ${word(index)}`));
    const groups = table.groups();
    expect(groups).to.have.length(12);
    expect(groups.slice(10).map(({ shape, count }) => `${shape}: ${count}`)).to.deep.equal([
      "other lines of even: 495",
      "other lines of odd: 495",
    ]);
    expect(countIn(table)).to.equal(1000);
  });

  it("of programs ends in one group for all", () => {
    const table = createGroupTable({ isGrouped: true, limits: few });
    for (let index = 0; index < 1000; index += 1)
      table.add(finding(`Nov 22 00:41:26 web1 ${word(index)}: ${word(index)}`));
    expect(table.groups()).to.have.length(10 + 200 + 1);
    expect(table.groups().at(-1)).to.include({ shape: "other lines", count: 790 });
    expect(countIn(table)).to.equal(1000);
  });

  it("of long lines keeps no more of them than its budget, and room for the first line of new kinds", () => {
    const table = createGroupTable({ isGrouped: true, limits: few });
    const showings = ["g", "g", "h", "h", "i", "j", "k", "l"].map((kind) =>
      table.add(finding(kind.repeat(200))),
    );
    expect(showings.join(" ")).to.equal(
      "reported reported reported counted reported reported counted counted",
    );
    expect(countIn(table)).to.equal(8);
  });

  it("of one layer takes nothing from another", () => {
    const table = createGroupTable({ isGrouped: true, limits: few });
    for (let index = 0; index < 1000; index += 1) table.add(finding(`${word(index)}`.repeat(20)));
    expect(table.add(finding("the alarm", "never"))).to.equal("reported");
    expect(table.groups()[0]).to.include({ layer: "never", shape: "the alarm", count: 1 });
  });
});
