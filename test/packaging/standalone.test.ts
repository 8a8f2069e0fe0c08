/** The package that brings its own Node: one executable, which needs no other and does all that the bundle does. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { Sandbox } from "../support/cli.js";
import { isLong } from "../support/seed.js";
import { needsBroughtNode, needsTool } from "../support/tools.js";
import { makePackage, must } from "./packages.js";

describe("the standalone package", function () {
  // A hundred megabytes are written several times.
  this.timeout(isLong ? 900_000 : 120_000);
  let directory: string;
  let box: Sandbox;
  let program: string;
  before(function () {
    needsTool(this, "dpkg-deb", "strip", "/usr/bin/flock");
    needsBroughtNode(this);
    directory = mkdtempSync(join(tmpdir(), "logwinnow-standalone-"));
    must("dpkg-deb", ["--extract", makePackage("standalone", directory), join(directory, "tree")]);
    program = join(directory, "tree/usr/bin/logwinnow");
    box = new Sandbox();
    mkdirSync(box.path("bin"));
    symlinkSync("/usr/bin/flock", box.path("bin/flock"));
  });
  after(() => {
    box?.remove();
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  });

  /** Without a PATH on which another Node could be, and with options that are meant for others. */
  function run(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    const env = { ...box.environment, PATH: box.path("bin"), NODE_OPTIONS: "--no-such-option" };
    const { status, stdout, stderr } = spawnSync(program, args, { env, encoding: "utf8" });
    return { status, stdout, stderr };
  }

  it("knows its version and its rules, needs no other Node, and lets no NODE_OPTIONS in", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(run("--version")).to.include({ status: 0, stderr: "" });
    expect(run("--version").stdout).to.include(version);
    const line =
      "2026-11-22T00:41:26+00:00 web1 sshd[7]: Accepted password for root from 192.0.2.7 port 4711 ssh2";
    const { stdout } = run("explain", line);
    expect(stdout).to.match(/ never, by \S+\/share\/logwinnow\/never\.d\/ssh:\d+$/m);
  });

  it("reads a log and mails it: what is loaded late is in the executable, too", () => {
    const log = box.write("app.log", "Nov 22 00:41:26 web1 app: something odd\n");
    const config = box.write(
      "logwinnow.toml",
      `[mail]\nto = "ops@elsewhere.example"\ntransport = "file:outbox"\n` +
        `[[source]]\nkind = "file"\npath = "${log}"\nfirst_run = "all"\n`,
    );
    expect(run("check", "--config", config)).to.deep.equal({ status: 0, stdout: "", stderr: "" });
    const [mail = ""] = readdirSync(box.path("outbox"));
    expect(readFileSync(box.path("outbox", mail), "utf8")).to.include("something odd");
  });

  it("needs the libraries that its package depends on, and no others", function () {
    needsTool(this, "readelf");
    const needed = [...must("readelf", ["--dynamic", "--wide", program]).matchAll(/NEEDED.*\[(.*)\]/g)].map(
      ([, name]) => name,
    );
    const provided = /^(?:libatomic|libc|libdl|libgcc_s|libm|libpthread|libstdc\+\+|ld-linux-\S+)\.so\.\d+$/;
    expect(needed.filter((name = "") => !provided.test(name))).to.deep.equal([]);
  });

  it("has the same bytes each time, and lintian complains of how Node was built alone", function () {
    needsTool(this, "lintian");
    if (!isLong) this.skip();
    const [one, other] = ["one", "other"].map((name) =>
      makePackage("standalone", join(directory, name), { compression: "xz" }),
    );
    expect(readFileSync(one ?? "").equals(readFileSync(other ?? ""))).to.equal(true);
    const { stdout } = spawnSync("lintian", ["--allow-root", one ?? ""], { encoding: "utf8" });
    const tags = new Set([...stdout.matchAll(/^[EW]: logwinnow-standalone: (\S+)/gm)].map(([, tag]) => tag));
    expect([...tags]).to.have.members([
      "embedded-library",
      "hardening-no-pie",
      "uses-dpkg-database-directly",
    ]);
  });
});
