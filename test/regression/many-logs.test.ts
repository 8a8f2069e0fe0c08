/** Costs of many logs: time in proportion to their number, and a state that does not keep what is gone. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { remembered } from "../../src/sources/remembered.js";
import type { Position } from "../../src/sources/source.js";
import { expectLinear } from "../support/expect-linear.js";
import { LogRuns } from "../support/log-runs.js";
import { temporaryDirectory } from "../sources/reading.js";

const dayMs = 24 * 3_600_000;

describe("many logs in one directory", () => {
  const root = temporaryDirectory();
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(root, "case-"));
  });

  for (const [scheme, nameOf] of [
    ["app-N.log", (index: number) => `app-${index}.log`],
    ["N", (index: number) => `host${index}`],
    ["a date before the name", (index: number) => `20261125-${index}.log`],
    ["a date after the name", (index: number) => `app.log-2026${String(index).padStart(6, "0")}`],
  ] as const)
    it(`are looked through in time in proportion to their number: ${scheme}`, async function () {
      this.timeout(0);
      const prepared = new Map<number, LogRuns>();
      for (const size of [250, 1000]) {
        const logs = join(directory, `${size}`);
        rmSync(logs, { recursive: true, force: true });
        mkdirSync(logs);
        for (let index = 0; index < size; index++)
          writeFileSync(join(logs, nameOf(index)), "one line\n".repeat(200));
        const runs = new LogRuns([join(logs, "*")], { firstRun: { kind: "none" } });
        await runs.run();
        prepared.set(size, runs);
      }
      await expectLinear(
        "a run with nothing new",
        (size) => async () => {
          const { lines } = await (prepared.get(size) as LogRuns).run();
          if (lines.length > 0) throw new Error("something is new");
        },
        250,
      );
    });

  it("are forgotten when they are gone and were read: 300 that came and went leave nothing", async () => {
    const path = (index: number): string => join(directory, `job-${index}.log`);
    const runs = new LogRuns([join(directory, "*.log")]);
    writeFileSync(join(directory, "stays.log"), "one\n");
    await runs.run();
    let read = 0;
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 100; index++) writeFileSync(path(round * 100 + index), "line\n");
      read += (await runs.run()).lines.length;
      for (let index = 0; index < 100; index++) rmSync(path(round * 100 + index));
    }
    await runs.run();
    expect(read).to.equal(300);
    expect(Object.keys(runs.positions)).to.deep.equal([join(directory, "stays.log")]);
    expect((await runs.run()).notices).to.deep.equal([]);
  });

  it("go without a word when they had been idle for a day, and with one when lines may be lost", async () => {
    const runs = new LogRuns([join(directory, "*.log")]);
    for (const name of ["idle.log", "busy.log"]) writeFileSync(join(directory, name), "line\n");
    const before = new Date(Date.now() - 2 * dayMs);
    utimesSync(join(directory, "idle.log"), before, before);
    await runs.run();
    for (const name of ["idle.log", "busy.log"]) rmSync(join(directory, name));
    const { notices } = await runs.run();
    expect(notices.filter((line) => line.includes("idle.log"))).to.deep.equal([]);
    expect(
      notices.filter((line) => line.includes("busy.log: the file that was read up to byte 5 is gone")),
    ).to.have.length(1);
    expect((await runs.run()).notices.join("\n")).not.to.contain("is gone");
  });

  it("are read whole when they come again", async () => {
    const path = join(directory, "job.log");
    const runs = new LogRuns([join(directory, "*.log")], { firstRun: { kind: "none" } });
    await runs.run();
    writeFileSync(path, "one\n");
    await runs.run();
    rmSync(path);
    await runs.run();
    writeFileSync(path, "two\n");
    appendFileSync(path, "three\n");
    expect((await runs.run()).lines).to.deep.equal(["two", "three"]);
  });

  it("that no run looked for in 400 days are forgotten, and no sooner", () => {
    const segment = { device: 1, inode: 2, birthtimeMs: 3, offsetBytes: 0, head: mark, tail: mark };
    const position: Position = { kind: "offset", segments: [segment] } as Position;
    const start = new Date("2026-11-25T12:00:00Z");
    const later = (days: number): Date => new Date(start.getTime() + days * dayMs);
    const first = remembered({ looked: position, left: position }, new Set(["looked"]), start);
    const soon = remembered(first, new Set(["looked"]), later(399));
    expect(Object.keys(soon)).to.deep.equal(["looked", "left"]);
    expect(Object.keys(remembered(soon, new Set(["looked"]), later(401)))).to.deep.equal(["looked"]);
    const cursor = { cursor: { kind: "cursor" } };
    expect(remembered(cursor, new Set(), later(4_000))).to.deep.equal(cursor);
  });
});

const mark = { lengthBytes: 0, sha256: "" };
