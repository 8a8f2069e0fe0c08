/** What dpkg did between two times. */
import { mkdirSync, mkdtempSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { packageChanges, type PackageChange } from "../../src/sources/package-changes.js";
import { useTimeZone } from "../support/time-zone.js";
import { temporaryDirectory } from "./reading.js";

describe("changes of packages", () => {
  useTimeZone("UTC");
  const root = temporaryDirectory();
  let log: string;
  beforeEach(() => {
    log = join(mkdtempSync(join(root, "case-")), "dpkg.log");
  });
  const at = (time: string): number => Date.parse(`2026-11-22T${time}Z`);
  const write = (path: string, ...lines: readonly string[]): void =>
    writeFileSync(path, lines.map((line) => `2026-11-22 ${line}\n`).join(""));
  const changes = (logs: readonly string[] = [log], from = at("06:00:00"), to = at("07:00:00")) =>
    packageChanges(from, to, logs);

  it("are what dpkg logged as done, and not what it did on the way", () => {
    write(
      log,
      "06:00:00 startup archives unpack",
      "06:00:01 install fail2ban:all <none> 1.0.2-2",
      "06:00:01 status half-installed fail2ban:all 1.0.2-2",
      "06:00:02 upgrade libssl3:amd64 3.0.19-1~deb12u2 3.0.22-1~deb12u2",
      "06:00:03 configure libssl3:amd64 3.0.22-1~deb12u2 <none>",
      "06:00:04 trigproc libc-bin:amd64 2.36-9 <none>",
      "06:00:05 remove telnetd:amd64 0.17-44 <none>",
      "06:00:06 purge ftpd:amd64 0.17-36 <none>",
    );
    expect(changes()).to.deep.equal([
      { action: "installed", name: "fail2ban", to: "1.0.2-2", atMs: at("06:00:01") },
      {
        action: "upgraded",
        name: "libssl3",
        from: "3.0.19-1~deb12u2",
        to: "3.0.22-1~deb12u2",
        atMs: at("06:00:02"),
      },
      { action: "removed", name: "telnetd", from: "0.17-44", atMs: at("06:00:05") },
      { action: "removed", name: "ftpd", from: "0.17-36", atMs: at("06:00:06") },
    ]);
  });

  for (const [what, lines, expected] of [
    [
      "upgraded twice",
      ["upgrade a:amd64 1 2", "upgrade a:amd64 2 3"],
      [{ action: "upgraded", name: "a", from: "1", to: "3" }],
    ],
    [
      "installed and upgraded",
      ["install a:amd64 <none> 1", "upgrade a:amd64 1 2"],
      [{ action: "installed", name: "a", to: "2" }],
    ],
    ["installed and removed", ["install a:amd64 <none> 1", "remove a:amd64 1 <none>"], []],
    [
      "removed and purged",
      ["remove a:amd64 1 <none>", "purge a:amd64 1 <none>"],
      [{ action: "removed", name: "a", from: "1" }],
    ],
    ["installed again, the same", ["upgrade a:amd64 1 1"], []],
    [
      "for two architectures",
      ["upgrade a:amd64 1 2", "upgrade a:i386 1 2"],
      [{ action: "upgraded", name: "a", from: "1", to: "2" }],
    ],
  ] as readonly (readonly [string, readonly string[], readonly Omit<PackageChange, "atMs">[]])[])
    it(`tell once of a package that was ${what}`, () => {
      write(log, ...lines.map((line, index) => `06:00:0${index} ${line}`));
      const atMs = at(`06:00:0${lines.length - 1}`);
      expect(changes()).to.deep.equal(expected.map((change) => ({ ...change, atMs })));
    });

  it("are those between the two times, over a rotation", () => {
    write(`${log}.1`, "05:59:59 install a:all <none> 1", "06:30:00 install b:all <none> 1");
    write(log, "06:40:00 install c:all <none> 1", "07:00:01 install d:all <none> 1");
    expect(changes([log, `${log}.1`]).map(({ name }) => name)).to.deep.equal(["b", "c"]);
  });

  it("are none, without looking, where nothing was written since", () => {
    write(log, "06:30:00 install a:all <none> 1");
    utimesSync(log, new Date(at("05:00:00")), new Date(at("05:00:00")));
    expect(changes()).to.deep.equal([]);
  });

  it("are none where the log is not there, is another thing, or holds what is no change", () => {
    expect(changes([join(log, "missing")])).to.deep.equal([]);
    mkdirSync(log);
    expect(changes()).to.deep.equal([]);
    const link = `${log}.link`;
    symlinkSync("/etc/passwd", link);
    expect(changes([link])).to.deep.equal([]);
    const odd = `${log}.odd`;
    write(
      odd,
      "06:00:00 install A:all <none> 1",
      "06:00:00 install a b 1 2",
      "06:00:00 install a <none> \x1b[0m",
      "install",
    );
    expect(changes([odd])).to.deep.equal([]);
  });

  it("are looked for in a bounded part of the log", () => {
    const line = "2026-11-22 06:00:00 status installed a:amd64 1\n";
    const early = "2026-11-22 06:00:00 install early:amd64 <none> 1\n";
    const late = "2026-11-22 06:00:00 install late:amd64 <none> 1\n";
    writeFileSync(log, early + line.repeat(100_000) + late);
    expect(changes().map(({ name }) => name)).to.deep.equal(["late"]);
  });
});
