/** F50: a log that is set back to an older copy, cut or edited gives none of its old lines again, and all new ones. */
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { expect } from "chai";
import { LogRuns } from "../support/log-runs.js";
import { temporaryDirectory } from "../sources/reading.js";

/** Lines from number `from` to before `to`, a second apart. */
function lines(from: number, to: number, text = "routine"): string {
  return Array.from({ length: to - from }, (_, index) => {
    const time = new Date(Date.UTC(2026, 10, 22) + (from + index) * 1000).toISOString().slice(0, 19);
    return `${time}Z web1 app[${from + index}]: ${text} ${from + index}\n`;
  }).join("");
}

const split = (text: string): string[] => text.split("\n").slice(0, -1);

/** In place, as log2ram and a shell's `>` do it, or as a new file under the old name, as `mv` and `sed -i` do it. */
const ways = {
  "in place": writeFileSync,
  "as a new file"(path: string, text: string): void {
    writeFileSync(`${path}.tmp~`, text);
    renameSync(`${path}.tmp~`, path);
  },
} as const;

describe("a log that is not what it was (F50)", () => {
  const root = temporaryDirectory();
  let path: string;
  let runs: LogRuns;
  beforeEach(() => {
    path = join(mkdtempSync(join(root, "case-")), "auth.log");
    runs = new LogRuns([path]);
  });

  const edits: readonly (readonly [what: string, edit: (text: string) => string, added: string])[] = [
    ["is set back to an older copy", (text) => keep(text, 0, 0.7), ""],
    ["loses its last line", (text) => text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1), ""],
    ["loses a line", (text) => text.replace(/.*app\[1\].*\n/, ""), ""],
    ["loses its first line", (text) => text.slice(text.indexOf("\n") + 1), ""],
    ["loses every third line", (text) => text.replace(/.*[0369]\n/g, ""), ""],
    ["loses its first half", (text) => keep(text, 0.5, 1), ""],
    ["loses its first half and its end", (text) => keep(text, 0.5, 0.8), ""],
    ["has a line changed", (text) => text.replace("routine 1\n", "edited 1\n"), lines(1, 2, "edited")],
    [
      "has all lines changed but the last",
      (text) => text.replace(/routine(?=[^]*\n.)/g, "redacted"),
      "all but the last",
    ],
  ];
  for (const lineCount of [2, 20, 3000])
    for (const [how, write] of Object.entries(ways))
      for (const [what, edit, changed] of edits)
        it(`of ${lineCount} lines that ${what}, ${how}`, async () => {
          const text = lines(0, lineCount);
          writeFileSync(path, text);
          expect((await runs.run()).lines).to.have.length(lineCount);
          const edited = edit(text);
          write(path, edited);
          appendFileSync(path, lines(lineCount, lineCount + 3, "new"));
          const given = await runs.run();
          const expected =
            changed === "all but the last"
              ? split(edited).filter((line) => !text.includes(line))
              : split(changed);
          expect(given.lines).to.deep.equal([...expected, ...split(lines(lineCount, lineCount + 3, "new"))]);
          appendFileSync(path, lines(lineCount + 3, lineCount + 4, "newer"));
          expect((await runs.run()).lines).to.deep.equal(split(lines(lineCount + 3, lineCount + 4, "newer")));
        });

  it("says so, once", async () => {
    writeFileSync(path, lines(0, 20));
    await runs.run();
    writeFileSync(path, lines(0, 12) + lines(20, 21));
    expect((await runs.run()).notices).to.deep.equal([
      `${path}: was set back or edited: 12 lines of it were read before: reading the others; lines written to it before may be lost`,
    ]);
    expect((await runs.run()).notices).to.deep.equal([]);
  });

  it("may be set back again and again, to nothing and to copies of any age", async () => {
    const given: string[] = [];
    for (const [copied, from, to] of [
      [0, 0, 100],
      [50, 100, 110],
      [0, 110, 111],
      [100, 111, 120],
      [20, 120, 121],
      [100, 121, 122],
    ] as const) {
      writeFileSync(path, lines(0, copied) + lines(from, to));
      given.push(...(await runs.run()).lines);
      writeFileSync(path, "");
      given.push(...(await runs.run()).lines);
    }
    expect(given).to.deep.equal(split(lines(0, 122)));
  });

  for (const lineBytes of [1, 200])
    for (const rotated of ["auth.log.1", "auth.log.1.gz"])
      it(`may be set back and rotated to ${rotated} before the next run, with ${lineBytes} bytes more a line`, async () => {
        const text = "x".repeat(lineBytes);
        writeFileSync(path, lines(0, 30, text));
        await runs.run();
        rmSync(path);
        const bytes = Buffer.from(lines(0, 20, text) + lines(30, 35, text));
        writeFileSync(join(path, "..", rotated), rotated.endsWith("gz") ? gzipSync(bytes) : bytes);
        writeFileSync(path, lines(35, 36, text));
        expect((await runs.run()).lines).to.deep.equal(split(lines(30, 36, text)));
        expect((await runs.run()).lines).to.deep.equal([]);
      });

  it("may be put back as it was before its rotation", async () => {
    writeFileSync(path, lines(0, 30));
    await runs.run();
    renameSync(path, `${path}.1`);
    writeFileSync(path, lines(30, 40));
    await runs.run();
    writeFileSync(path, lines(0, 30) + lines(40, 41));
    expect((await runs.run()).lines).to.deep.equal(split(lines(40, 41)));
  });

  it("may keep a copy of what it was beside itself, as sed -i.bak leaves it", async () => {
    writeFileSync(path, lines(0, 30));
    await runs.run();
    // Nobody has read the last five yet: they are in both files.
    appendFileSync(path, lines(30, 35));
    renameSync(path, `${path}.bak`);
    writeFileSync(path, readFileSync(`${path}.bak`, "latin1").replaceAll(/.*5\n/g, "") + lines(35, 36));
    expect((await runs.run()).lines).to.deep.equal(split(lines(30, 36)));
  });

  it("is known from before its first run too", async () => {
    runs = new LogRuns([path], { firstRun: { kind: "none" } });
    writeFileSync(path, lines(0, 500));
    expect((await runs.run()).lines).to.deep.equal([]);
    writeFileSync(path, lines(0, 400) + lines(500, 501));
    expect((await runs.run()).lines).to.deep.equal(split(lines(500, 501)));
  });

  it("is known from the positions of earlier versions once it was read on", async () => {
    writeFileSync(path, lines(0, 50));
    await runs.run();
    for (const position of Object.values(runs.positions)) delete (position as { lines?: unknown }).lines;
    await runs.run();
    writeFileSync(path, lines(0, 40) + lines(50, 51));
    expect((await runs.run()).lines).to.deep.equal(split(lines(50, 51)));
  });

  it("keeps stack traces and other lines without a time where they stood, and gives those that may be new", async () => {
    const trace = (number: number): string => `${lines(number, number + 1)}  at one\n  at two\n`;
    writeFileSync(path, trace(0) + trace(1) + trace(2));
    await runs.run();
    writeFileSync(path, trace(0) + trace(2) + trace(3));
    expect((await runs.run()).lines).to.deep.equal(["  at one", "  at two", ...split(trace(3))]);
  });

  it("gives lines again that state no time", async () => {
    writeFileSync(path, "starting\nlistening\n".repeat(100));
    await runs.run();
    writeFileSync(path, "starting\nlistening\n");
    expect((await runs.run()).lines).to.deep.equal(["starting", "listening"]);
  });

  it("gives a line again that was written twice in a second, before and after a rotation", async () => {
    writeFileSync(path, lines(0, 5));
    await runs.run();
    renameSync(path, `${path}.1`);
    writeFileSync(path, lines(4, 6));
    expect((await runs.run()).lines).to.deep.equal(split(lines(4, 6)));
  });

  describe("with more lines than have digests", () => {
    const many = 30_000;
    const text = lines(0, many);

    it("loses nothing, and gives few lines again of a copy that is older than they reach", async () => {
      writeFileSync(path, text);
      await runs.run();
      writeFileSync(path, lines(0, 10_000) + lines(many, many + 5));
      const given = (await runs.run()).lines;
      expect(given.slice(-5)).to.deep.equal(split(lines(many, many + 5)));
      expect(given).to.have.length.below(2500);
    });

    it("gives none again of a copy that is as old as those that have one", async () => {
      writeFileSync(path, text);
      await runs.run();
      writeFileSync(path, lines(0, many - 3000) + lines(many, many + 5));
      expect((await runs.run()).lines).to.deep.equal(split(lines(many, many + 5)));
    });

    it("gives none again where a line was deleted that has none", async () => {
      writeFileSync(path, text);
      await runs.run();
      writeFileSync(path, text.replace(/.*app\[77\].*\n/, "") + lines(many, many + 5));
      expect((await runs.run()).lines).to.deep.equal(split(lines(many, many + 5)));
    });

    it("keeps its position small, and what it costs bounded", async () => {
      for (let from = 0; from < 60_000; from += 3000) {
        appendFileSync(path, lines(from, from + 3000));
        await runs.run();
      }
      expect(JSON.stringify(runs.positions).length).to.be.below(40_000);
      writeFileSync(path, lines(0, 50_000) + lines(60_000, 60_001));
      const given = (await runs.run()).lines;
      expect(given.at(-1)).to.equal(split(lines(60_000, 60_001))[0]);
      // One in 128 of these has a digest, give or take, and what follows the last is given.
      expect(given).to.have.length.below(2500);
    });

    it("shares what all positions may hold among many logs", async () => {
      const directory = mkdtempSync(join(root, "many-"));
      runs = new LogRuns([join(directory, "*.log")]);
      for (let number = 0; number < 256; number++)
        writeFileSync(join(directory, `${number}.log`), lines(0, 400));
      await runs.run();
      expect(JSON.stringify(runs.positions).length).to.be.below(256 * 4000);
    });
  });
});

function keep(text: string, from: number, to: number): string {
  const all = text.split(/(?<=\n)/);
  return all.slice(Math.floor(all.length * from), Math.ceil(all.length * to)).join("");
}
