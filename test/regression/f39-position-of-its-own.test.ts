/** F39: a path with a position of its own stays a source; names only say where to look. */
import { appendFileSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { LogRuns } from "../support/log-runs.js";
import { temporaryDirectory } from "../sources/reading.js";

describe("a path with a position of its own (F39)", () => {
  const root = temporaryDirectory();
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(root, "case-"));
  });
  const write = (name: string, text: string): void => appendFileSync(join(directory, name), `${text}\n`);

  for (const [live, created] of [
    ["shop-20261125.log", "shop.log"],
    ["shop.log-20261125", "shop.log"],
    ["shop.log.1", "shop.log"],
    ["shop.log.old", "shop.log"],
    ["old-shop.log", "shop.log"],
    ["20261125-shop.log", "shop.log"],
    ["shop.2026-11-25", "shop"],
  ] as const)
    it(`goes on to be read after "${created}" was created beside "${live}"`, async () => {
      const runs = new LogRuns([join(directory, "*")]);
      write(live, "one");
      expect((await runs.run()).lines).to.deep.equal(["one"]);
      write(created, "created");
      write(live, "two");
      expect((await runs.run()).lines).to.have.members(["two", "created"]);
      write(live, "three");
      expect((await runs.run()).lines).to.deep.equal(["three"]);
    });

  for (const born of ["shop-20261126.log", "shop.log-20261126", "shop.log.1", "shop.log.bak"] as const)
    it(`beside it, "${born}" is read when it is born later with lines of its own`, async () => {
      const runs = new LogRuns([join(directory, "*")], { firstRun: { kind: "none" } });
      write("shop.log", "one");
      await runs.run();
      write(born, "born");
      expect((await runs.run()).lines).to.deep.equal(["born"]);
      write(born, "more");
      write("shop.log", "two");
      expect((await runs.run()).lines).to.have.members(["more", "two"]);
    });

  it("is no history of a log that took over its old name, however the logs are shifted", async () => {
    const runs = new LogRuns([join(directory, "*.log")]);
    write("app-1.log", "older");
    write("app.log", "one");
    expect((await runs.run()).lines).to.have.members(["older", "one"]);
    write("app.log", "two");
    renameSync(join(directory, "app-1.log"), join(directory, "app-2.log"));
    renameSync(join(directory, "app.log"), join(directory, "app-1.log"));
    writeFileSync(join(directory, "app.log"), "three\n");
    expect((await runs.run()).lines).to.have.members(["two", "three"]);
    write("app-1.log", "late");
    write("app.log", "four");
    expect((await runs.run()).lines).to.have.members(["late", "four"]);
  });

  it("does not read a copy of a log as news", async () => {
    const runs = new LogRuns([join(directory, "*")]);
    write("app.log", "one ".repeat(400));
    await runs.run();
    writeFileSync(join(directory, "app.log-20261125"), `${"one ".repeat(400)}\n`);
    expect((await runs.run()).lines).to.deep.equal([]);
  });
});
