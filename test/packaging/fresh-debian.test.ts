/**
 * Debian 12 and 13, made of nothing by debootstrap and booted by systemd, in the long run.
 * Promise: each package that is meant for them does there what `installed.ts` says, with systemd and without.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isLong } from "../support/seed.js";
import { needsMounts, needsTool } from "../support/tools.js";
import { DebianHost } from "./debian-host.js";
import { testsWithCron, testsWithSystemd, type Installation } from "./installed.js";
import { earlierVersionOf, makePackage, must } from "./packages.js";

const mirror = process.env.LOGWINNOW_MIRROR;

/** Which package is for which Debian. */
const releases = [
  { suite: "bookworm", kind: "standalone", name: "logwinnow-standalone" },
  { suite: "trixie", kind: "deb", name: "logwinnow" },
] as const;

for (const { suite, kind, name } of releases)
  describe(`${name} on a fresh ${suite}`, function () {
    this.timeout(3_600_000);
    let directory: string | undefined;
    let installation: Installation;
    let host: DebianHost | undefined;
    before(function () {
      if (!isLong || mirror === undefined) this.skip();
      needsMounts(this);
      needsTool(this, "debootstrap", "nsenter", "setpriv", "dpkg-deb");
      directory = mkdtempSync(join(tmpdir(), "logwinnow-fresh-"));
      must(resolve("test/packaging/fresh-root.sh"), [suite, join(directory, "root"), mirror]);
      const deb = makePackage(kind, directory, { compression: "xz" });
      const install = "apt-get install -q -y --no-install-recommends";
      installation = { deb, earlier: earlierVersionOf(deb), install, name };
    });
    after(() => {
      if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
    });

    for (const init of ["systemd", "none"] as const)
      describe(init === "systemd" ? "where systemd runs" : "where systemd does not run", () => {
        before(async () => {
          const root = join(directory ?? "", `root-${init}`);
          must("cp", ["--archive", join(directory ?? "", "root"), root]);
          host = await DebianHost.inRoot(root, init);
        });
        after(() => host?.stop());
        const prepare = () => ({ host: host as DebianHost, installation });
        if (init === "systemd") testsWithSystemd(prepare);
        else testsWithCron(prepare);
      });
  });
