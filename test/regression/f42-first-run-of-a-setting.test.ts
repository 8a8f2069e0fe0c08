/** F42: `first_run` is for what was there at its setting's first run; what is born later is read whole. */
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { firstRunOf, settingKey, type FirstRun } from "../../src/sources/file/first-run.js";
import type { LookBack } from "../../src/sources/source.js";
import { LogRuns } from "../support/log-runs.js";
import { temporaryDirectory } from "../sources/reading.js";

const hourMs = 3_600_000;
const old = new Date(Date.now() - 72 * hourMs);
const at = (hoursAgo: number, text: string): string =>
  `${new Date(Date.now() - hoursAgo * hourMs).toISOString()} web1 app: ${text}\n`;

describe("the first run of a setting (F42)", () => {
  const root = temporaryDirectory();
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(root, "case-"));
  });
  const path = (name: string): string => join(directory, name);
  const texts = (lines: readonly string[]): readonly string[] =>
    lines.map((line) => line.replace(/^.*: /, ""));

  for (const [name, firstRun] of [
    ["none", { kind: "none" }],
    ["10 bytes", { kind: "bytes", bytes: 10 }],
    ["1 MiB", { kind: "bytes", bytes: 2 ** 20 }],
    ["24 h", { kind: "duration", milliseconds: 24 * hourMs }],
    ["1 h", { kind: "duration", milliseconds: hourMs }],
    ["all", { kind: "all" }],
  ] as readonly (readonly [string, LookBack])[])
    for (const what of ["a glob", "a path", "a glob of which nothing was there"])
      it(`reads whole what is born after it, with first_run of ${name} and ${what}`, async () => {
        const runs = new LogRuns([what === "a path" ? path("born.log") : path("*.log")], { firstRun });
        if (what === "a glob") writeFileSync(path("there.log"), at(100, "before"));
        await runs.run();
        writeFileSync(path("born.log"), at(60, "weekend") + at(1.5, "later") + at(0.1, "now"));
        const { lines, notices } = await runs.run();
        expect(texts(lines)).to.deep.equal(["weekend", "later", "now"]);
        expect(notices).to.deep.equal([]);
        expect((await runs.run()).lines).to.deep.equal([]);
      });

  it("bounds what is there at its first run, also beside logs that other settings have read", async () => {
    writeFileSync(path("one.log"), at(100, "one"));
    writeFileSync(path("two.log"), at(100, "history"));
    const runs = new LogRuns([path("one.log")], { firstRun: { kind: "none" } });
    await runs.run();
    const { lines } = await runs.run(new Date(), [path("*.log")]);
    expect(lines).to.deep.equal([]);
  });

  it("reads whole in a state from before settings were kept, where a log of the same glob has a position", async () => {
    writeFileSync(path("one.log"), at(100, "one"));
    const runs = new LogRuns([path("*.log")], { firstRun: { kind: "none" } });
    await runs.run();
    runs.forgetSettings();
    writeFileSync(path("born.log"), at(100, "born"));
    expect(texts((await runs.run()).lines)).to.deep.equal(["born"]);
  });

  describe("of a log that was there, and could be read only later", () => {
    const sinceMs = Date.parse("2026-11-20T12:00:00Z");
    const now = new Date(sinceMs + 48 * hourMs);
    const ask = (
      failedSources: readonly string[],
      bornMs: number,
      bound: LookBack = { kind: "none" },
    ): FirstRun =>
      firstRunOf(
        {
          kind: "file",
          path: "/logs/app/a.log",
          pattern: "/logs/**",
          firstRun: bound,
          hasKnown: false,
          now,
          earlier: {
            positions: {},
            settings: { [settingKey("file", "/logs/**")]: new Date(sinceMs).toISOString() },
            failedSources,
          },
        },
        bornMs,
      );
    const duration = (hours: number): FirstRun => ({
      lookBack: { kind: "duration", milliseconds: hours * hourMs },
      isNew: false,
    });
    const whole: FirstRun = { lookBack: { kind: "all" }, isNew: true };

    for (const [what, answer, expected] of [
      ["its own failure", ask(["/logs/app/a.log"], sinceMs - 1), duration(48)],
      ["a closed directory", ask(["/logs/app"], sinceMs - 1), duration(48)],
      [
        "a look back of a day",
        ask(["/logs/app"], sinceMs - 1, { kind: "duration", milliseconds: 24 * hourMs }),
        duration(72),
      ],
      ["another log's failure", ask(["/logs/app/b.log"], sinceMs - 1), whole],
      ["a birth after the first run", ask(["/logs/app/a.log"], sinceMs + 1), whole],
      ["a birth that nobody knows", ask(["/logs/app/a.log"], 0), whole],
    ] as const)
      it(`looks back to the first run, or reads all in doubt: ${what}`, () => {
        expect(answer).to.deep.equal(expected);
      });
  });

  describe("with 24 h", () => {
    const firstRun: LookBack = { kind: "duration", milliseconds: 24 * hourMs };

    for (const [rotated, pack] of [
      ["app.log.1", undefined],
      ["app.log-20261124", undefined],
      ["app.log.1.gz", "gzip"],
      ["app.log.1.xz", "xz"],
      ["app.log.1.zst", "zstd"],
    ] as const)
      it(`includes the last day of "${rotated}"`, async () => {
        const plain = pack ? rotated.replace(/\.\w+$/, "") : rotated;
        writeFileSync(path(plain), at(40, "too old") + at(20, "yesterday") + at(10, "night"));
        if (pack) execFileSync(pack, ["-q", ...(pack === "zstd" ? ["--rm"] : []), path(plain)]);
        writeFileSync(path("app.log"), at(5, "today"));
        const runs = new LogRuns([path("app.log")], { firstRun });
        expect(texts((await runs.run()).lines)).to.deep.equal(["yesterday", "night", "today"]);
        const again = await runs.run();
        expect(again.lines).to.deep.equal([]);
        expect(again.notices).to.deep.equal([]);
        if (!pack) {
          appendFileSync(path(rotated), at(0, "late"));
          expect(texts((await runs.run()).lines)).to.deep.equal(["late"]);
        }
      });

    it("goes back over several rotated files, and no further than the day", async () => {
      writeFileSync(path("app.log.3"), at(60, "third"));
      utimesSync(path("app.log.3"), old, old);
      writeFileSync(path("app.log.2"), at(30, "second") + at(22, "2"));
      writeFileSync(path("app.log.1"), at(12, "1"));
      writeFileSync(path("app.log"), "");
      for (const [name, hours] of [
        ["app.log.2", 20],
        ["app.log.1", 10],
      ] as const) {
        const time = new Date(Date.now() - hours * hourMs);
        utimesSync(path(name), time, time);
      }
      const runs = new LogRuns([path("*")], { firstRun });
      expect(texts((await runs.run()).lines)).to.deep.equal(["2", "1"]);
    });

    it("reads nothing twice where the rotated file is a copy of the log", async () => {
      writeFileSync(path("app.log"), at(10, "one") + at(9, "two"));
      execFileSync("cp", [path("app.log"), path("app.log.1")]);
      const runs = new LogRuns([path("app.log")], { firstRun });
      expect(texts((await runs.run()).lines)).to.deep.equal(["one", "two"]);
    });
  });
});
