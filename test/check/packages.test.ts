/** What was installed since the last run stands in a report that there is, and makes none by itself. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { prepareCheck } from "../../src/check/product.js";
import { parseConfig } from "../../src/config/config.js";
import { textOf } from "../../src/report/render/text.js";
import { unwrapped } from "../support/mail-text.js";
import { runOnce } from "../../src/run/transaction.js";
import { realDisk } from "../../src/std/disk.js";
import { openStore } from "../../src/store/store.js";
import { mailVia } from "../support/payloads.js";
import { useTimeZone } from "../support/time-zone.js";

describe("packages in a report", () => {
  useTimeZone("UTC");
  let home: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), "logwinnow-packages-"))));
  afterEach(() => rmSync(home, { recursive: true }));

  it("are told beside something else that is new since the last run, and only then", async () => {
    mkdirSync(join(home, "rules/ignore.d/server"), { recursive: true });
    writeFileSync(join(home, "rules/ignore.d/server/routine"), "^routine$\n");
    const [app, packageLog] = [join(home, "app.log"), join(home, "dpkg.log")];
    const config = parseConfig(
      `[report]\ndigest = "hourly"\n[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`,
      join(home, "logwinnow.toml"),
      [],
    );
    const run = async (time: string, lines: string): Promise<string> => {
      writeFileSync(app, lines, { flag: "a" });
      const now = new Date(`2026-11-22T${time}Z`);
      const prepared = await prepareCheck({ ...config, packageLogs: [packageLog] }, () => now, undefined);
      let text = "";
      await runOnce(
        () => Promise.resolve(prepared),
        {
          directory: join(home, "state"),
          open: (at) => ({ ...openStore(join(home, "state"), realDisk, at), release() {} }),
        },
        [{ ...mailVia(() => Promise.resolve({ outcome: "delivered" })), render: () => Promise.resolve([]) }],
        {
          clock: () => now,
          present: ({ outline }) => {
            text = unwrapped(textOf(outline));
          },
          tell: () => {},
        },
      );
      return text;
    };
    writeFileSync(packageLog, "2026-11-22 11:00:00 install before:all <none> 1\n");
    expect(await run("12:00:00", "first\n"))
      .to.contain("first")
      .and.not.contain("changed");
    writeFileSync(packageLog, "2026-11-22 12:30:00 install netcat:all <none> 1.2\n", { flag: "a" });
    utimesSync(packageLog, new Date("2026-11-22T12:30:00Z"), new Date("2026-11-22T12:30:00Z"));
    expect(await run("12:40:00", "routine\n")).to.equal("");
    writeFileSync(packageLog, "2026-11-22 12:50:00 upgrade openssl:amd64 3.0.1 3.0.2\n", { flag: "a" });
    utimesSync(packageLog, new Date("2026-11-22T12:50:00Z"), new Date("2026-11-22T12:50:00Z"));
    expect(await run("13:00:00", "odd\n")).to.match(
      /\n1 package changed at 12:50:00: upgraded\sopenssl 3.0.1 to 3.0.2\.\n/,
    );
  });
});
