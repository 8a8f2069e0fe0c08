/** F45: a log that was rotated to any name is found by what it is, with the lines that nobody has read. */
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { LogRuns } from "../support/log-runs.js";
import { temporaryDirectory } from "../sources/reading.js";

describe("a log rotated to any name (F45)", () => {
  const root = temporaryDirectory();
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(root, "case-"));
  });

  for (const glob of ["app.log", "*.log"])
    for (const scheme of [
      "app.log.old app.log.bak app.log.prev app.log.save app.log~ app.old app.bak.log old-app.log bak.app.log",
      "20261125-app.log 2026-11-25_app.log app-1.log app_2.log app.log.1 app-20261125.log app.log.2026-11-25T04",
      "@400000006562d3a41c9a4b2c.s app.log.@400000006562d3a41c9a4b2c archived.txt zzz #app.log# .app.log.swp",
      "old/app.log 20261125/app.log 2026/11/25/app.log 2026-11/app.log archive/whatever old/app.log.1",
    ].flatMap((names) => names.split(" ")))
      it(`finds what "${glob}" names at "${scheme}"`, async () => {
        const path = join(directory, "app.log");
        const runs = new LogRuns([join(directory, glob)]);
        writeFileSync(path, "one\n");
        await runs.run();
        appendFileSync(path, "two\n");
        const rotated = join(directory, scheme);
        mkdirSync(dirname(rotated), { recursive: true });
        renameSync(path, rotated);
        writeFileSync(path, "three\n");
        const { lines, notices } = await runs.run();
        expect(lines).to.have.members(["two", "three"]);
        expect(notices).to.deep.equal([]);
        appendFileSync(rotated, "late\n");
        appendFileSync(path, "four\n");
        expect((await runs.run()).lines).to.have.members(["late", "four"]);
        expect((await runs.run()).lines).to.deep.equal([]);
      });

  it("finds a file that was born and rotated between two runs at a name that is configured", async () => {
    const path = join(directory, "app.log");
    const runs = new LogRuns([path], { rotated: ["archived-%-*"] });
    writeFileSync(path, "one\n");
    await runs.run();
    renameSync(path, join(directory, "archived-app.log-a"));
    writeFileSync(join(directory, "archived-app.log-b"), "two\n");
    writeFileSync(join(directory, "other.log-b"), "not ours\n");
    writeFileSync(path, "three\n");
    expect((await runs.run()).lines).to.deep.equal(["two", "three"]);
  });
});
