/** The Debian package as a file: what is in it, and that anybody makes the same bytes of it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { needsTool } from "../support/tools.js";
import { makePackage, must } from "./packages.js";

describe("the Debian package as a file", function () {
  // It is made twice, and xz and lintian take their time.
  this.timeout(60_000);
  let directory: string;
  let deb: string;
  before(function () {
    needsTool(this, "dpkg-deb");
    directory = mkdtempSync(join(tmpdir(), "logwinnow-deb-"));
    deb = makePackage("deb", directory, { env: { SOURCE_DATE_EPOCH: "1767225600" }, compression: "xz" });
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it("has the same bytes for everybody, whatever the umask, the time zone and the language", () => {
    const again = mkdtempSync(join(directory, "again-"));
    const command = `umask 077; exec ${process.execPath} packaging/package.mjs --into ${again} deb`;
    const env = { ...process.env, SOURCE_DATE_EPOCH: "1767225600", TZ: "Asia/Tokyo", LC_ALL: "C.UTF-8" };
    must("sh", ["-c", command], env);
    const copy = join(again, deb.split("/").at(-1) ?? "");
    expect(readFileSync(copy).equals(readFileSync(deb))).to.equal(true);
  });

  it("gives Debian's own checker nothing to say", function () {
    needsTool(this, "lintian");
    // A note below a warning says that the unit for failures has no counterpart for other inits: cron mails them itself.
    expect(must("lintian", ["--allow-root", "--fail-on", "error,warning", deb])).to.equal("");
  });

  it("belongs to root, and is readable by everybody", () => {
    const files = must("dpkg-deb", ["--contents", deb]).trim().split("\n");
    const odd = files.filter((line) => !/^(?:[d-]rw[x-]r-[x-]r-[x-]|lrwxrwxrwx) root\/root /.test(line));
    expect(odd).to.deep.equal([]);
    expect(files.some((line) => line.includes("2026-01-01"))).to.equal(true);
  });

  it("holds every manual, and every rule that the clone has", () => {
    const files = must("dpkg-deb", ["--contents", deb]);
    const { man } = JSON.parse(readFileSync("package.json", "utf8")) as { man: readonly string[] };
    expect(man.filter((page) => !files.includes(`/${page.replace("man/", "")}.gz\n`))).to.deep.equal([]);
    const rules = must("git", ["ls-files", "*.d/*", "canaries"]);
    const missing = rules
      .trim()
      .split("\n")
      .filter((path) => !files.includes(` ./usr/share/logwinnow/${path}\n`));
    expect(missing).to.deep.equal([]);
  });

  it("names the license of every package that is bundled", () => {
    const tree = join(directory, "tree");
    must("dpkg-deb", ["--extract", deb, tree]);
    const text = readFileSync(join(tree, "usr/share/doc/logwinnow/copyright"), "utf8");
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
      dependencies: Record<string, string>;
    };
    for (const [name, version] of Object.entries(dependencies))
      expect(text).to.include(`\n${name} ${version} (`);
  });
});
