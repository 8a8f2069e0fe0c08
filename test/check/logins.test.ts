/** Logins over runs: attempts are counted once, and who gets in after many is told at once. */
import { expect } from "chai";
import type { RunSettings } from "../support/check-host.js";
import { checkHost, type CheckHost, type Ran } from "../support/check-host.js";
import { outlineOf } from "../../src/report/outline/build-outline.js";
import type { Outline } from "../../src/report/outline/outline.js";

const daily = { report: { digest: { kind: "daily", minute: 420 } } } as const satisfies RunSettings;
const stranger = "203.0.113.5";

describe("logins", () => {
  let host: CheckHost;
  beforeEach(async () => {
    host = checkHost();
    host.rules("ignore.d/server/ssh", "sshd\\[[0-9]+\\]: ");
    await host.run("2026-11-27T08:00:02", daily);
  });
  afterEach(() => {
    host.remove();
  });

  const outline = ({ report }: Ran): Outline => {
    if (report === undefined) throw new Error("no report");
    return outlineOf(report);
  };
  /** A connection with so many wrong passwords. */
  function refuse(at: string, process: number, tries: number, user = "root", address = stranger): void {
    for (let attempt = 0; attempt < tries; attempt++)
      host.logged(at, `sshd[${process}]: Failed password for ${user} from ${address} port ${process} ssh2`);
  }
  const odd = (at: string): void => {
    host.logged(at, "app: odd");
  };

  it("are attempts, whatever lines tell of them", async () => {
    host.logged("2026-11-27T08:10:00", `sshd[5]: Invalid user bob from ${stranger} port 50`);
    refuse("2026-11-27T08:10:02", 5, 1, "invalid user bob");
    host.logged(
      "2026-11-27T08:10:09",
      `sshd[5]: message repeated 2 times: [ Failed password for invalid user bob from ${stranger} port 5 ssh2]`,
    );
    host.logged(
      "2026-11-27T08:10:10",
      `sshd[5]: Connection closed by invalid user bob ${stranger} port 50 [preauth]`,
    );
    // Where only keys are taken, nothing else is said.
    host.logged("2026-11-27T08:20:00", "sshd[6]: Invalid user eve from 198.51.100.7 port 60");
    host.logged(
      "2026-11-27T08:21:00",
      "sshd[7]: Connection closed by authenticating user root 198.51.100.7 port 61 [preauth]",
    );
    odd("2026-11-27T08:30:00");
    const { logins, timeline } = outline(await host.run("2026-11-27T09:00:02"));
    expect(logins).to.deep.equal({
      sentence: "Refused ssh logins: 5 from 2 addresses, none let in.",
      letIn: [],
      addresses: { rows: [] },
    });
    expect(timeline.rows).to.deep.equal([]);
  });

  it("of somebody who is let in after many refusals are told at once, though a rule ignores the line", async () => {
    refuse("2026-11-27T08:10:00", 5, 6);
    refuse("2026-11-27T08:12:00", 6, 6);
    host.logged("2026-11-27T08:13:00", `sshd[7]: Accepted publickey for alice from ${stranger} port 70 ssh2`);
    host.logged("2026-11-27T08:33:00", `sshd[9]: Disconnected from user alice ${stranger} port 70`);
    const { subject, verdict, logins, timeline, preheader } = outline(
      await host.run("2026-11-27T09:00:02", daily),
    );
    expect(subject).to.match(/: let in after 12 refusals$/);
    expect(verdict.title).to.equal("Let in after 12 refusals by ssh");
    expect(verdict.facts).to.equal(`08:13:00 from ${stranger}, as alice`);
    expect(preheader).to.equal(`08:13 ${stranger} let in as alice after 12 refusals.`);
    expect(logins?.sentence).to.equal("Refused ssh logins: 12 from 1 address, 1 let in.");
    expect(logins?.letIn).to.deep.equal([
      `${stranger} was refused 12 times, then let in as alice at 08:13:00.`,
    ]);
    expect(logins?.addresses.rows).to.deep.equal([{ address: stranger, count: 12, letInAt: "08:13:00" }]);
    expect(timeline.rows.map(({ time, what }) => `${time} ${what}`)).to.deep.equal([
      "08:10:00 12 ssh logins refused until 08:12:00, from 1 address",
      `08:13:00 alice let in from ${stranger}, refused 12 times before`,
      `08:33:00 session of alice from ${stranger} ended`,
    ]);
  });

  it("of somebody who mistyped wait for the digest as ever", async () => {
    refuse("2026-11-27T08:10:00", 5, 2, "alice");
    host.logged("2026-11-27T08:13:00", `sshd[7]: Accepted password for alice from ${stranger} port 70 ssh2`);
    expect((await host.run("2026-11-27T09:00:02", daily)).report).to.equal(undefined);
    const { subject, logins } = outline(await host.run("2026-11-28T07:00:02", daily));
    expect(subject).to.include("quiet day");
    expect(logins?.letIn).to.deep.equal([
      `${stranger} was refused twice, then let in as alice at 27 Nov 08:13:00.`,
    ]);
  });

  it("are remembered for a day: whom one run refused, the next one may let in", async () => {
    refuse("2026-11-27T08:50:00", 5, 12);
    expect((await host.run("2026-11-27T09:00:02", daily)).report).to.equal(undefined);
    host.logged("2026-11-27T09:01:00", `sshd[7]: Accepted password for root from ${stranger} port 70 ssh2`);
    const { subject } = outline(await host.run("2026-11-27T10:00:02", daily));
    expect(subject).to.match(/let in after 12 refusals$/);
    host.logged("2026-11-28T10:10:00", `sshd[8]: Accepted password for root from ${stranger} port 80 ssh2`);
    odd("2026-11-28T10:10:00");
    const later = outline(await host.run("2026-11-28T11:00:02"));
    expect(later.logins).to.equal(undefined);
  });

  it("stand in an alarm's lead and in the story beside it", async () => {
    host.rules(
      "never.d/ssh",
      '#@ title="root logged in" key=address\nsshd\\[[0-9]+\\]: Accepted .* for root',
    );
    refuse("2026-11-27T08:10:00", 5, 3);
    host.logged("2026-11-27T08:13:00", `sshd[7]: Accepted password for root from ${stranger} port 70 ssh2`);
    host.logged("2026-11-27T08:33:00", `sshd[7]: Disconnected from user root ${stranger} port 70`);
    const { alarms, timeline } = outline(await host.run("2026-11-27T09:00:02"));
    expect(alarms.rows[0]?.leads).to.deep.equal([
      `${stranger} was refused 3 times before, 08:10:00, always as root.`,
    ]);
    expect(timeline.rows.map(({ time, what }) => `${time} ${what}`)).to.deep.equal([
      "08:10:00 3 ssh logins refused until 08:10:00, from 1 address",
      "08:13:00 root logged in",
      `08:33:00 session of root from ${stranger} ended`,
    ]);
  });

  it("are held against the usual: three times as many have their addresses told", async () => {
    const told: (string | undefined)[] = [];
    for (const [hour, tries] of [
      [8, 4],
      [9, 4],
      [10, 4],
      [11, 5],
      [12, 40],
    ] as const) {
      const time = (minute: string): string => `2026-11-27T${String(hour).padStart(2, "0")}:${minute}:00`;
      for (let attempt = 0; attempt < tries; attempt++)
        refuse(time("10"), 100 * hour + attempt, 1, "root", attempt < 3 ? stranger : "198.51.100.7");
      odd(time("30"));
      const { logins } = outline(await host.run(`2026-11-27T${String(hour + 1).padStart(2, "0")}:00:02`));
      told.push(logins?.sentence);
      expect(logins?.addresses.rows.length, logins?.sentence).to.equal(hour === 12 ? 2 : 0);
    }
    expect(told.slice(2)).to.deep.equal([
      "Refused ssh logins: 4 from 2 addresses, none let in.",
      "Refused ssh logins: 5 from 2 addresses, none let in. As usual.",
      "Refused ssh logins: 40 from 2 addresses, none let in. Usually 4 an hour.",
    ]);
  });

  it("of which nothing is remembered are counted anew, and none is counted twice after a run that failed", async () => {
    refuse("2026-11-27T08:10:00", 5, 12);
    odd("2026-11-27T08:30:00");
    const failed: unknown = await host
      .run("2026-11-27T09:00:02", { fails: true })
      .catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(Error);
    const { logins } = outline(await host.run("2026-11-27T09:10:02"));
    expect(logins?.sentence).to.equal("Refused ssh logins: 12 from 1 address, none let in.");
    host.damageMemory("logins");
    host.logged("2026-11-27T09:20:00", `sshd[7]: Accepted password for root from ${stranger} port 70 ssh2`);
    odd("2026-11-27T09:30:00");
    expect(outline(await host.run("2026-11-27T10:00:02")).logins).to.equal(undefined);
  });
});
