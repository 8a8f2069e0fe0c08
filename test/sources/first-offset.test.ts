/** Where the first run on a log begins. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { lineFraming } from "../../src/sources/bytes/framing.js";
import { logFile } from "../../src/sources/file/log-file.js";
import type { LookBack } from "../../src/sources/source.js";
import { isoTimestampOf, noon, run, temporaryDirectory } from "./reading.js";

const hour = 3_600_000;
const day: LookBack = { kind: "duration", milliseconds: 24 * hour };
const at = (hoursAgo: number, text = "") =>
  `${new Date(noon.getTime() - hoursAgo * hour).toISOString()} ${hoursAgo} ${text}\n`;

describe("the first run", () => {
  const root = temporaryDirectory();
  const firstRun = async (text: string, lookBack: LookBack, timestampOf = isoTimestampOf) => {
    const path = join(mkdtempSync(join(root, "case-")), "app.log");
    writeFileSync(path, text);
    const framing = lineFraming(timestampOf);
    const source = logFile(path, { framing, firstRun: lookBack, followLinks: false, now: noon });
    const { lines, notices, position } = await run(source, undefined, { bufferBytes: 1 << 20 });
    expect((await run(source, position)).lines).to.deep.equal([]);
    return { text: lines.join(""), notice: notices.join() };
  };

  const recent = at(24) + at(23) + "  at Class.method (without a time)\n" + at(1);
  const old = at(300) + at(25) + "  at Class.method (without a time)\n";

  for (const [what, before] of [
    ["nothing older", ""],
    ["a few lines older", old],
    ["10,000 lines older", at(400, "x".repeat(100)).repeat(10_000) + old],
  ] as const)
    it(`reads the last day of a log with ${what}, and what has no time with the line before it`, async () => {
      const { text, notice } = await firstRun(before + recent, day);
      expect(text).to.equal(recent);
      expect(notice).to.contain(
        `reading the last 24h (${recent.length} of ${(before + recent).length} bytes)`,
      );
    });

  it("finds the beginning of the day among many lines, at each length of the day", async () => {
    const before = Array.from({ length: 3000 }, (_, number) =>
      at(400 - number / 8 - 0.01, "y".repeat(number % 90)),
    ).join("");
    for (const count of [0, 1, 2, 100, 700, 5000]) {
      const within = Array.from({ length: count }, (_, number) =>
        at(24 - (24 * number) / 5000, "z".repeat(number % 70)),
      ).join("");
      expect((await firstRun(before + within, day)).text).to.equal(within);
    }
  });

  it("is not misled by last year's lines whose header, without a year, looks like today's", async () => {
    const lastYear = at(1).repeat(6000);
    const between = at(3000).repeat(6000);
    expect((await firstRun(lastYear + between + recent, day)).text).to.equal(recent);
  });

  it("reads nothing of a log that has been quiet for a day", async () => {
    expect((await firstRun(old, day)).text).to.equal("");
  });

  it("reads the last MiB where no line states a time, from the start of a line", async () => {
    const undated = "no time here, whatever one may think of it\n".repeat(60_000);
    const { text, notice } = await firstRun(undated, day, () => undefined);
    expect(text.length).to.be.within((1 << 20) - 50, 1 << 20);
    expect(undated.endsWith(text) && text.startsWith("no time")).to.equal(true);
    expect(notice).to.contain("its lines state no time");
  });

  it("reads all, nothing, or so many bytes where that was asked for", async () => {
    const log = old + recent;
    expect((await firstRun(log, { kind: "all" })).text).to.equal(log);
    expect((await firstRun(log, { kind: "none" })).text).to.equal("");
    const last = at(1);
    for (const bytes of [0, 1, last.length - 1])
      expect((await firstRun(log, { kind: "bytes", bytes })).text).to.equal("");
    expect((await firstRun(log, { kind: "bytes", bytes: last.length })).text).to.equal(last);
    expect((await firstRun(log, { kind: "bytes", bytes: 1e9 })).text).to.equal(log);
  });

  it("gives a last line that is unfinished once it is finished, with any look back", async () => {
    for (const lookBack of [day, { kind: "none" }, { kind: "bytes", bytes: 3 }] as readonly LookBack[]) {
      const path = join(mkdtempSync(join(root, "case-")), "app.log");
      const source = logFile(path, {
        framing: lineFraming(isoTimestampOf),
        firstRun: lookBack,
        followLinks: false,
        now: noon,
      });
      writeFileSync(path, `${at(1)}unfinished`);
      const first = await run(source);
      writeFileSync(path, " line\n", { flag: "a" });
      expect((await run(source, first.position)).lines).to.deep.equal(["unfinished line\n"]);
    }
  });

  it("takes what was rotated before for history", async () => {
    const path = join(mkdtempSync(join(root, "case-")), "app.log");
    for (const name of ["", ".1", ".2"]) writeFileSync(path + name, at(1, name));
    const source = logFile(path, {
      framing: lineFraming(isoTimestampOf),
      firstRun: { kind: "all" },
      followLinks: false,
      now: noon,
    });
    const first = await run(source);
    expect(first.lines).to.deep.equal([at(1)]);
    writeFileSync(`${path}.1`, "late\n", { flag: "a" });
    expect((await run(source, first.position)).lines).to.deep.equal(["late\n"]);
  });
});
