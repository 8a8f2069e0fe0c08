/** What had far more lines than usual is a mark in the next report: it makes no mail, and no crash loses or doubles it. */
import { appendFileSync } from "node:fs";
import { expect } from "chai";
import type { Digest } from "../../src/check/report/digest.js";
import { textOf } from "../../src/report/render/text.js";
import { checkHost, type CheckHost, type Ran, type RunSettings } from "../support/check-host.js";
import { inOneLine } from "../support/mail-text.js";
import { useTimeZone } from "../support/time-zone.js";

/** The rules of this host are older than a week by then. */
const year = 2099;
const daily: Digest = { kind: "daily", minute: 7 * 60 };

describe("far more lines than usual", () => {
  useTimeZone("UTC");
  let host: CheckHost;
  beforeEach(() => (host = checkHost()));
  afterEach(() => host.remove());

  const at = (day: number, hour: number): string => new Date(Date.UTC(year, 2, day, hour)).toISOString();
  const run = (day: number, hour: number, digest: Digest = daily, further: RunSettings = {}): Promise<Ran> =>
    host.run(at(day, hour), { report: { digest }, ...further });
  const idle = (lines: number): void =>
    appendFileSync(host.log, "Mar  1 00:30:00 web1 idled: idle\n".repeat(lines));
  const told = ({ outcome }: Ran): string =>
    outcome.kind === "done" && outcome.report ? inOneLine(textOf(outcome.report.outline)) : "";

  /** Eight days with a run each morning and each evening. */
  async function learn(digest: Digest = daily): Promise<void> {
    for (let day = 1; day <= 8; day++)
      for (const hour of [7, 19]) {
        idle(12 * 20);
        await run(day, hour, digest);
      }
  }

  it("waits for the digest, which tells it once", async () => {
    await learn();
    idle(900);
    const ran = await run(8, 20);
    expect(ran.report).to.equal(undefined);
    expect(ran.outcome).to.deep.include({
      waits: "no mail: nothing new, 2 with far more lines than usual; digest at 07:00",
    });
    idle(20);
    expect((await run(8, 21)).report).to.equal(undefined);
    const digest = told(await run(9, 7));
    expect(digest).to.contain("Far more lines than in any hour before: syslog x45, and 1 more.");
    expect(digest).to.contain("VOLUME lines an hour syslog x45 900 up to 8 Mar 20:00:00, at most 20 before");
    expect(digest).to.contain("idled: idle x45 900 up to");
    expect(told(await run(10, 7)))
      .to.contain("Quiet")
      .and.not.contain("VOLUME");
  });

  it("is told by each run that tells all", async () => {
    await learn({ kind: "hourly" });
    idle(900);
    expect(told(await run(8, 20, { kind: "hourly" }))).to.contain("VOLUME");
    idle(900);
    expect(told(await run(8, 21, { kind: "hourly" }))).to.equal("");
  });

  it("is judged by all lines since the last run that ended, also those that one before it stored and did not tell", async () => {
    await learn();
    idle(2000);
    let failure: unknown;
    // Parts of it are committed, the report is not.
    await run(9, 7, daily, { fails: true, storeEveryBytes: 1000 }).catch(
      (error: unknown) => (failure = error),
    );
    expect(failure).to.be.an("error");
    idle(12 * 250 - 2000);
    expect(told(await run(9, 7)))
      .to.contain("syslog x13")
      .and.contain("250 up to 07:00:00");
  });
});
