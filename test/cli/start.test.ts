/** The door of the bundled program: what V8 kept of it makes it start sooner, and changes nothing else. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";

describe("the bundled program", () => {
  let directory: string;
  const dist = (name: string): string => join(directory, "dist", name);

  before(() => {
    directory = mkdtempSync(join(tmpdir(), "start-"));
    mkdirSync(dist(""));
    for (const name of ["package.json", "dist/logwinnow.cjs", "dist/program.cjs"])
      copyFileSync(name, join(directory, name));
    writeFileSync(join(directory, "rules"), "^all is well$\n");
  });
  after(() => rmSync(directory, { recursive: true }));

  function filtered(...nodeOptions: readonly string[]): unknown {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...nodeOptions, dist("logwinnow.cjs"), "filter", "--no-cache", "--rules", join(directory, "rules")],
      { input: "all is well\nall is lost\n", encoding: "utf8" },
    );
    return { status, stdout, stderr };
  }

  const expected = { status: 0, stdout: "all is lost\n", stderr: "" };

  it("runs with the code that was kept of it", () => {
    copyFileSync("dist/program.code", dist("program.code"));
    expect(filtered()).to.deep.equal(expected);
  });

  it("runs where V8 turns that code down: under other flags, or what is none", () => {
    copyFileSync("dist/program.code", dist("program.code"));
    expect(filtered("--stack-size=900")).to.deep.equal(expected);
    writeFileSync(dist("program.code"), readFileSync("dist/program.code").subarray(0, 1000));
    expect(filtered()).to.deep.equal(expected);
    writeFileSync(dist("program.code"), "no code");
    expect(filtered()).to.deep.equal(expected);
  });

  it("runs without it", () => {
    rmSync(dist("program.code"));
    expect(filtered()).to.deep.equal(expected);
  });
});
