/** The tarball for npm: `npm install -g logwinnow-VERSION.tgz`, without a registry and into a prefix of the test's own. */
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { needsTool } from "../support/tools.js";
import { makePackage, must } from "./packages.js";

describe("the tarball for npm", function () {
  // npm packs twice and installs once.
  this.timeout(60_000);
  let box: Sandbox;
  let tarball: string;
  let installed: string;
  before(function () {
    needsTool(this, "npm", "tar");
    box = new Sandbox();
    tarball = makePackage("npm", box.directory);
    const prefix = box.path("prefix");
    const env = { PATH: process.env.PATH, HOME: box.directory };
    must("npm", ["install", "--global", "--offline", "--prefix", prefix, tarball], env);
    installed = `${prefix}/lib/node_modules/logwinnow`;
  });
  after(() => box?.remove());

  it("has the same bytes each time", () => {
    const again = makePackage("npm", box.path("again"));
    expect(readFileSync(again).equals(readFileSync(tarball))).to.equal(true);
  });

  it("brings what is loaded, and nothing else: no package, no script, no V8 code of another Node", () => {
    const manifest = JSON.parse(readFileSync(`${installed}/package.json`, "utf8")) as Record<string, unknown>;
    expect(manifest).to.not.have.any.keys("scripts", "dependencies", "devDependencies", "private");
    expect(existsSync(`${installed}/node_modules`)).to.equal(false);
    const odd = must("tar", ["--list", "--gzip", "--file", tarball])
      .split("\n")
      .filter((path) => /\.(?:mjs|ts|code)$/.test(path) && !path.endsWith(".d.ts"));
    expect(odd).to.deep.equal([]);
  });

  it("gives the command with its rules, and the module", () => {
    const run = (...args: readonly string[]): string =>
      must(box.path("prefix/bin/logwinnow"), args, box.environment);
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(run("--version")).to.include(version);
    const line =
      "2026-11-22T00:41:26+00:00 web1 sshd[7]: Accepted password for root from 192.0.2.7 port 4711 ssh2";
    expect(run("explain", line)).to.match(/ never, by \S+\/never\.d\/ssh:\d+$/m);
    const script = `import(${JSON.stringify(pathToFileURL(`${installed}/dist/ere.js`).href)})
      .then((ere) => console.log(Object.keys(ere).length > 0))`;
    expect(must(process.execPath, ["-e", script])).to.equal("true\n");
  });
});
