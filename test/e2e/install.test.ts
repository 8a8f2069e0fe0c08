/** `npm install -g .`: the command, its manuals and its rules, without a registry and into a prefix of the test's own. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { needsTool } from "../support/tools.js";

interface Package {
  readonly version: string;
  readonly files: readonly string[];
  readonly man: readonly string[];
}

describe("npm install -g .", () => {
  let box: Sandbox;
  const { version, files, man } = JSON.parse(readFileSync("package.json", "utf8")) as Package;
  before(function () {
    needsTool(this, "npm");
    box = new Sandbox();
    const source = box.path("source");
    mkdirSync(source);
    // What a built clone has and the package names: nothing else may be needed.
    for (const name of ["package.json", ...files])
      if (existsSync(name)) cpSync(name, `${source}/${name}`, { recursive: true });
    const args = ["install", "--global", "--offline", "--prefix", box.path("prefix"), "."];
    const env = { PATH: process.env.PATH, HOME: box.directory };
    const { status, stderr } = spawnSync("npm", args, { cwd: source, env, encoding: "utf8" });
    expect(status, stderr).to.equal(0);
  });
  after(() => box?.remove());

  function logwinnow(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync(box.path("prefix/bin/logwinnow"), args, {
      cwd: box.directory,
      env: box.environment,
      encoding: "utf8",
      input:
        "2026-11-22T00:41:26.000001+00:00 web1 sshd[7]: Accepted password for root from 192.0.2.7 port 4711 ssh2\n",
    });
    return { status, stdout, stderr };
  }

  it("gives the command", () => {
    expect(logwinnow("--version")).to.deep.equal({
      status: 0,
      stdout: `logwinnow ${version} (Node.js ${process.versions.node})\n`,
      stderr: "",
    });
  });

  it("gives the rules that come with it", () => {
    const { status, stdout } = logwinnow("explain");
    expect(status).to.equal(0);
    expect(stdout).to.match(/^ {2}never, by \S+\/never\.d\/ssh:\d+$/m);
  });

  for (const page of man) {
    const name = page.replace(/^man\//, "");
    it(`gives the manual ${name}`, function () {
      needsTool(this, "mandoc");
      const installed = box.path("prefix/share/man", `man${name.slice(-1)}`, name);
      const { status, stdout, stderr } = spawnSync("mandoc", ["-T", "ascii", installed], {
        encoding: "utf8",
      });
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
      expect(stdout).to.match(/^LOGWINNOW/);
    });
  }
});
