/** The door of the bundled program: what V8 kept of it makes it start sooner, and changes nothing else. */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";

describe("the bundled program", () => {
  let directory: string;
  const dist = (name: string): string => join(directory, "dist", name);
  const code = readdirSync("dist").find((name) => name.endsWith(".code")) ?? "";

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
    copyFileSync(join("dist", code), dist(code));
    expect(filtered()).to.deep.equal(expected);
  });

  it("runs where V8 turns that code down: under other flags, or what is none", () => {
    copyFileSync(join("dist", code), dist(code));
    expect(filtered("--stack-size=900")).to.deep.equal(expected);
    writeFileSync(dist(code), readFileSync(join("dist", code)).subarray(0, 1000));
    expect(filtered()).to.deep.equal(expected);
    writeFileSync(dist(code), "no code");
    expect(filtered()).to.deep.equal(expected);
  });

  it("runs without it", () => {
    rmSync(dist(code));
    expect(filtered()).to.deep.equal(expected);
  });

  it("takes no code of another text, be it as long", () => {
    copyFileSync(join("dist", code), dist(code));
    const text = readFileSync("dist/program.cjs", "latin1");
    const [digest = "", rest = ""] = text.split(/\n(.*)/s);
    const other = rest.replace("Which command?", "WHICH COMMAND?");
    writeFileSync(dist("program.cjs"), `${digest.replace(/.$/, "g")}\n${other}`, "latin1");
    const { stderr } = spawnSync(process.execPath, [dist("logwinnow.cjs")], { encoding: "utf8" });
    expect(stderr).to.contain("WHICH COMMAND?");
  });
});
