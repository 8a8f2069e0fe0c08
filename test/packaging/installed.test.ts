/** The package for hosts with a Node of their own, on a copy of this machine: installed, at work, upgraded, purged. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { needsMounts, needsTool } from "../support/tools.js";
import { DebianHost } from "./debian-host.js";
import { testsOfBothPackages, testsWithCron, testsWithSystemd, type Installation } from "./installed.js";
import { earlierVersionOf, makePackage } from "./packages.js";

/** This machine's Node may be none of Debian's packages. */
const installAnyway = "dpkg --force-depends --install";

describe("the Debian package", function () {
  // A system boots, and jobs run on it: 20 s.
  this.timeout(120_000);
  let directory: string;
  let installation: Installation;
  let host: DebianHost | undefined;
  before(function () {
    needsTool(this, "dpkg-deb", "nsenter", "setpriv", "/lib/systemd/systemd", "cron", "postfix", "rsyslogd");
    needsMounts(this);
    directory = mkdtempSync(join(tmpdir(), "logwinnow-installed-"));
    const deb = makePackage("deb", directory);
    installation = { deb, earlier: earlierVersionOf(deb), install: installAnyway, name: "logwinnow" };
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed")
      process.stderr.write(host?.run("journalctl -n 40; tail -n 40 /var/log/syslog").stdout ?? "");
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  for (const init of ["systemd", "none"] as const)
    describe(init === "systemd" ? "where systemd runs" : "where systemd does not run", () => {
      before(async () => {
        host = await DebianHost.overMachine(mkdtempSync(join(directory, "host-")), init);
      });
      after(() => host?.stop());
      const prepare = () => ({ host: host as DebianHost, installation });
      if (init === "systemd") testsWithSystemd(prepare);
      else {
        testsWithCron(prepare);
        testsOfBothPackages(prepare);
      }
    });
});
