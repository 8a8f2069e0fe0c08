/** A kind of lines that is new since a package was upgraded says so, in the mail that finds it and in digests after it. */
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { textOf } from "../../src/report/render/text.js";
import { checkHost, type CheckHost } from "../support/check-host.js";
import { inOneLine } from "../support/mail-text.js";
import { useTimeZone } from "../support/time-zone.js";

describe("what an upgrade brought", () => {
  useTimeZone("UTC");
  let host: CheckHost;
  let packageLog: string;
  let packageLists: string;
  beforeEach(() => {
    host = checkHost();
    packageLog = join(dirname(host.log), "dpkg.log");
    packageLists = join(dirname(host.log), "info");
    mkdirSync(packageLists);
    writeFileSync(
      join(packageLists, "courierd.list"),
      "/usr/sbin/courierd\n/lib/systemd/system/courier@.service\n",
    );
  });
  afterEach(() => host.remove());

  const told = async (at: string): Promise<string> => {
    const digest = { kind: "daily", minute: 7 * 60 } as const;
    const { outcome } = await host.run(at, {
      report: { digest },
      packages: { log: packageLog, lists: packageLists },
    });
    return outcome.kind === "done" && outcome.report ? inOneLine(textOf(outcome.report.outline)) : "";
  };
  const upgraded = (at: string, change: string): void => {
    writeFileSync(packageLog, `${at.replace("T", " ")} ${change}\n`, { flag: "a" });
    utimesSync(packageLog, new Date(`${at}Z`), new Date(`${at}Z`));
  };
  const since = "since courierd was upgraded at";

  beforeEach(async () => {
    host.logged("2026-11-26T06:30:00", "courierd[7]: old news");
    await told("2026-11-26T07:00:00");
    upgraded("2026-11-27T06:12:04", "upgrade courierd:amd64 1:9.2-2 1:9.2-3");
    upgraded("2026-11-27T06:12:06", "upgrade libodd1:amd64 3 4");
  });

  it("is said of what its program says for the first time, and makes no alarm", async () => {
    host.logged("2026-11-27T06:12:09", "courierd[9]: option is old");
    const text = await told("2026-11-27T06:30:00");
    expect(text).to.contain(`courierd new, ${since} 06:12:04 (1:9.2-2 to 1:9.2-3), 06:12:09`);
    expect(text).to.contain("2 packages changed, the last at 06:12:06: ");
    expect(text).to.contain("1 new kind came after the first of them.");
    expect(text).not.to.contain("ALARM");
  });

  it("is said of its units, too, and days after it", async () => {
    await told("2026-11-27T07:00:00");
    host.logged("2026-11-30T01:00:00", "systemd[1]: courier@night.service: Failed with result 'exit-code'.");
    expect(await told("2026-11-30T01:30:00")).to.contain(`new, ${since} 27 Nov 06:12:04`);
  });

  it("is said again by digests for a week, and not for ever", async () => {
    host.logged("2026-11-27T06:12:09", "courierd[9]: option is old");
    await told("2026-11-27T06:30:00");
    host.logged("2026-11-27T08:12:09", "courierd[9]: option is old");
    expect(await told("2026-11-28T07:00:00")).to.contain(
      `known since 27 Nov, 1 report, ${since} 27 Nov 06:12:04`,
    );
    for (const day of ["2026-12-02", "2026-12-06"]) {
      host.logged(`${day}T03:00:00`, "courierd[9]: option is old");
      const text = await told(`${day}T07:00:00`);
      if (day === "2026-12-02") expect(text).to.contain(since);
      else expect(text).to.contain("known since").and.not.contain("upgraded");
    }
  });

  const others: readonly (readonly [string, string, string])[] = [
    ["that came before the upgrade", "2026-11-27T06:01:00", "courierd[7]: option is old"],
    ["of another program", "2026-11-27T06:13:00", "porterd[7]: option is old"],
    ["that was known before", "2026-11-27T06:13:00", "courierd[7]: old news"],
  ];
  for (const [what, at, message] of others)
    it(`is not said of a kind ${what}`, async () => {
      host.logged(at, message);
      host.logged("2026-11-27T06:20:00", "oddd: odd");
      const text = await told("2026-11-27T07:00:00");
      expect(text).to.contain("oddd").and.not.contain(since);
    });
});
