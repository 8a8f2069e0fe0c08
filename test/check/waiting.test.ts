/** What waits for the digest: known kinds as usual, and nothing else; and no crash loses it or tells it twice. */
import { expect } from "chai";
import type { Digest } from "../../src/check/report/digest.js";
import { realDisk, type Disk } from "../../src/std/disk.js";
import { checkHost, groupsOf, type CheckHost, type Ran } from "../support/check-host.js";

const daily: Digest = { kind: "daily", minute: 7 * 60 };

describe("what waits for the digest", () => {
  let host: CheckHost;
  beforeEach(() => {
    host = checkHost();
    host.rules("never.d/bad", "app: bad$\n");
    host.rules("violations.d/worse", "app: worse$\n");
  });
  afterEach(() => host.remove());

  const run = (at: string, digest: Digest = daily, disk: Disk = realDisk): Promise<Ran> =>
    host.run(at, { report: { digest }, disk });
  /** "2 app: odd" for each kind. */
  const told = ({ report }: Ran): readonly string[] | undefined =>
    report && groupsOf(report).map(({ count, shape }) => `${count} ${shape}`);
  const waits = ({ outcome }: Ran): string | undefined =>
    outcome.kind === "done" ? outcome.waits : undefined;

  /** The first mail, which tells "app: odd". */
  async function begin(): Promise<void> {
    host.logged("2026-11-27T09:30:00", "app: odd");
    expect(told(await run("2026-11-27T10:00:00"))).to.deep.equal(["1 app: odd"]);
  }

  it("known kinds as usual wait, and the digest tells all of them with the whole time's ledger", async () => {
    await begin();
    for (const hour of ["10", "11"]) host.logged(`2026-11-27T${hour}:30:00`, "app: odd");
    host.logged("2026-11-27T11:31:00", "idled: idle");
    const first = await run("2026-11-27T12:00:00");
    expect(told(first)).to.equal(undefined);
    expect(waits(first)).to.equal("no mail: 1 known kind, as usual; digest at 07:00");
    host.logged("2026-11-27T12:30:00", "app: odd");
    expect(told(await run("2026-11-27T13:00:00"))).to.equal(undefined);
    const { report } = await run("2026-11-28T07:00:00");
    expect(groupsOf(report).map(({ count }) => count)).to.deep.equal([3]);
    expect(report?.isDigest).to.equal(true);
    expect(report?.from).to.deep.equal(new Date("2026-11-27T10:00:00"));
    expect(report?.headline).to.include({ read: 4, ignored: 1, remainder: 3 });
  });

  it("the digest comes on a day without any line, once, and after nights that were missed", async () => {
    await begin();
    expect(waits(await run("2026-11-28T06:00:00"))).to.equal("no mail: nothing new; digest at 07:00");
    const { report } = await run("2026-11-28T07:00:00");
    expect(report?.isDigest).to.equal(true);
    expect(groupsOf(report)).to.deep.equal([]);
    expect(told(await run("2026-11-28T08:00:00"))).to.equal(undefined);
    expect(told(await run("2026-12-02T05:00:00"))).to.deep.equal([]);
    expect(told(await run("2026-12-02T06:00:00"))).to.equal(undefined);
  });

  const news: readonly (readonly [string, string])[] = [
    ["a new kind", "app: odder"],
    ["a violation that is known", "app: worse"],
  ];
  for (const [what, message] of news)
    it(`${what} goes with the run, and takes along what waits`, async () => {
      if (message !== "app: odder") host.logged("2026-11-27T09:20:00", message);
      host.logged("2026-11-27T09:30:00", "app: odd");
      await run("2026-11-27T10:00:00");
      host.logged("2026-11-27T10:30:00", "app: odd");
      expect(told(await run("2026-11-27T11:00:00"))).to.equal(undefined);
      host.logged("2026-11-27T11:30:00", message);
      const ran = await run("2026-11-27T12:00:00");
      expect(told(ran)).to.have.members([`1 ${message}`, "1 app: odd"]);
      expect(ran.report?.isDigest).to.equal(undefined);
      expect(told(await run("2026-11-28T07:00:00")), "it is told once").to.deep.equal([]);
    });

  it("an alarm that goes on is mailed again after four hours, and is in each mail between", async () => {
    const mailed: string[] = [];
    for (let hour = 9; hour < 19; hour++) {
      host.logged(`2026-11-27T${String(hour).padStart(2, "0")}:30:00`, "app: bad");
      if (hour === 11) host.logged("2026-11-27T11:31:00", "app: odd");
      const lines = told(await run(`2026-11-27T${hour + 1}:00:00`));
      if (lines) mailed.push(`${hour + 1}: ${lines.join(", ")}`);
    }
    expect(mailed).to.deep.equal(["10: 1 app: bad", "12: 2 app: bad, 1 app: odd", "16: 4 app: bad"]);
  });

  it("an alarm with another address or user is mailed at once", async () => {
    host.rules("never.d/bad", "app: opened for [a-z]+ from [0-9.]+$\n");
    const opened = (at: string, who: string): void => host.logged(at, `app: opened for ${who}`);
    opened("2026-11-27T09:30:00", "root from 192.0.2.7");
    expect(told(await run("2026-11-27T10:00:00"))).to.have.length(1);
    opened("2026-11-27T10:30:00", "root from 192.0.2.7");
    expect(told(await run("2026-11-27T11:00:00"))).to.equal(undefined);
    opened("2026-11-27T11:30:00", "root from 198.51.100.7");
    expect(told(await run("2026-11-27T12:00:00"))).to.have.length(1);
  });

  it("a violation waits from the fourth report on", async () => {
    const mailed: boolean[] = [];
    for (let hour = 9; hour < 15; hour++) {
      host.logged(`2026-11-27T${String(hour).padStart(2, "0")}:30:00`, "app: worse");
      mailed.push(told(await run(`2026-11-27T${hour + 1}:00:00`)) !== undefined);
    }
    expect(mailed).to.deep.equal([true, true, true, false, false, false]);
  });

  it("a known kind with far more lines than usual goes with the run", async () => {
    await begin();
    for (let minute = 10; minute < 60; minute++) host.logged(`2026-11-27T10:${minute}:00`, "app: odd");
    host.logged("2026-11-27T10:59:30", "app: odd");
    expect(told(await run("2026-11-27T11:00:00"))).to.deep.equal(["51 app: odd"]);
  });

  it("a kind that was not told for more than a week goes with the run", async () => {
    await begin();
    await run("2026-12-06T07:30:00", { kind: "off" });
    host.logged("2026-12-06T09:30:00", "app: odd");
    expect(told(await run("2026-12-06T10:00:00", { kind: "off" }))).to.deep.equal(["1 app: odd"]);
  });

  it("what waits is told at once when the setting is hourly, and by hourly runs nothing waits", async () => {
    await begin();
    host.logged("2026-11-27T10:30:00", "app: odd");
    await run("2026-11-27T11:00:00");
    host.logged("2026-11-27T11:30:00", "app: odd");
    expect(told(await run("2026-11-27T12:00:00", { kind: "hourly" }))).to.deep.equal(["2 app: odd"]);
    expect(told(await run("2026-11-27T13:00:00", { kind: "hourly" }))).to.equal(undefined);
  });

  it("with off it waits for the next mail, and for 25 days at most", async () => {
    await begin();
    host.logged("2026-11-27T10:30:00", "app: odd");
    const off = { kind: "off" } as const;
    expect(waits(await run("2026-11-27T11:00:00", off))).to.equal(
      "no mail: 1 known kind, as usual; no digest is sent",
    );
    host.logged("2026-11-30T10:30:00", "app: odder");
    expect(told(await run("2026-11-30T11:00:00", off))).to.have.members(["1 app: odd", "1 app: odder"]);
    host.logged("2026-12-01T10:30:00", "app: odd");
    expect(told(await run("2026-12-01T11:00:00", off))).to.equal(undefined);
    expect(told(await run("2026-12-30T11:00:00", off))).to.deep.equal(["1 app: odd"]);
  });

  it("where the memory of kinds is damaged, all that waits is told", async () => {
    await begin();
    host.logged("2026-11-27T10:30:00", "app: odd");
    await run("2026-11-27T11:00:00");
    host.damageMemory("kinds");
    expect(told(await run("2026-11-27T12:00:00"))).to.deep.equal(["1 app: odd"]);
  });

  it("each line is in exactly one mail, wherever a run is cut short", async () => {
    /** Fails from the nth change on, as after a power cut. */
    const cutAfter = (changes: number): Disk => {
      let left = changes;
      return new Proxy(realDisk, {
        get(target, property) {
          const value: unknown = Reflect.get(target, property, target);
          if (typeof value !== "function" || ["list", "read", "sizeBytes"].includes(String(property)))
            return value;
          return (...args: unknown[]): unknown => {
            if (left-- <= 0) throw new Error("power cut");
            return Reflect.apply(value, target, args);
          };
        },
      });
    };
    await begin();
    let logged = 1;
    let cuts = 0;
    for (let changes = 0; ; changes++) {
      const day = String(1 + Math.floor(changes / 2)).padStart(2, "0");
      const hour = changes % 2 === 0 ? "05" : "06";
      host.logged(`2026-12-${day}T${hour}:30:00`, "app: odd");
      logged += 1;
      const at = `2026-12-${day}T${changes % 2 === 0 ? "06" : "07"}:00:00`;
      const cut = await run(at, daily, cutAfter(changes)).catch(() => undefined);
      if (cut !== undefined) break;
      cuts += 1;
      // The next run finds what is left, an hour before or at the time of the digest.
      await run(at);
    }
    await run("2026-12-31T07:00:00");
    expect(cuts).to.be.greaterThan(15);
    // A mail that is sent again has the same bytes.
    const counts = [...new Set(host.mails)].flatMap((mail) => mail.match(/^\d+/gm) ?? []);
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).to.equal(logged);
  }).timeout(60_000);
});
