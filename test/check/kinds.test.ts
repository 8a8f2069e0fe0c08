/** The hourly job remembers the kinds of lines that it told: with the report, or not at all. */
import { expect } from "chai";
import { checkHost, groupsOf, type CheckHost, type Ran } from "../support/check-host.js";

describe("kinds in the hourly job", () => {
  let host: CheckHost;
  beforeEach(() => (host = checkHost()));
  afterEach(() => host.remove());

  /** "new" or "known" by the last word of each kind's shape. */
  const marks = ({ report }: Ran): Record<string, string> =>
    Object.fromEntries(
      groupsOf(report).map(({ shape, history }) => [
        shape.split(" ").at(-1) ?? "",
        history ? `known ${history.reports}` : "new",
      ]),
    );

  it("a kind is new once, then known, with the number of reports", async () => {
    host.logged("2026-11-27T10:30:00", "app: odd");
    expect(marks(await host.run("2026-11-27T11:00:00"))).to.deep.equal({ odd: "new" });
    host.logged("2026-11-27T11:30:00", "app: odd");
    host.logged("2026-11-27T11:31:00", "app: odder");
    const second = await host.run("2026-11-27T12:00:00");
    expect(marks(second)).to.deep.equal({ odd: "known 1", odder: "new" });
    expect(second.report?.remembersKinds).to.equal(true);
  });

  it("a kind is not remembered by a report that was not committed", async () => {
    host.logged("2026-11-27T10:30:00", "app: odd");
    const failed = await host.run("2026-11-27T11:00:00", { fails: true }).catch((error: unknown) => error);
    expect(failed).to.be.an("error");
    expect(marks(await host.run("2026-11-27T12:00:00"))).to.deep.equal({ odd: "new" });
  });

  it("a kind that no rule decides is learnt from the logs of before; what came in the last day is new", async () => {
    host.rules("never.d/bad", "app: bad$\n");
    host.logged("2026-11-20T10:30:00", "app: odd");
    host.logged("2026-11-20T10:31:00", "app: bad");
    host.logged("2026-11-27T10:30:00", "app: odd");
    host.logged("2026-11-27T10:31:00", "app: bad");
    host.logged("2026-11-27T10:32:00", "app: odder");
    const { report } = await host.run("2026-11-27T11:00:00");
    expect(marks({ report } as Ran)).to.deep.equal({ odd: "known 1", bad: "new", odder: "new" });
    const odd = groupsOf(report).find(({ shape }) => shape === "app: odd");
    expect(odd?.history?.firstMs).to.equal(new Date("2026-11-20T10:30:00").getTime());
  });

  it("a memory that is damaged teaches nothing: all is new", async () => {
    host.logged("2026-11-20T10:30:00", "app: odd");
    await host.run("2026-11-27T11:00:00");
    host.logged("2026-11-27T11:30:00", "app: odder");
    await host.run("2026-11-27T12:00:00");
    host.logged("2026-11-27T12:30:00", "app: odd");
    host.damageMemory("kinds");
    const { report } = await host.run("2026-11-27T13:00:00");
    expect(marks({ report } as Ran)).to.deep.equal({ odd: "new" });
    expect(report?.notices.map(({ what }) => what)).to.include("is damaged (its checksum is wrong)");
  });

  it("more lines than usual are said to be more", async () => {
    await host.run("2026-11-27T01:00:00");
    for (let hour = 1; hour < 5; hour++) {
      host.logged(`2026-11-27T0${hour}:30:00`, "app: odd");
      await host.run(`2026-11-27T0${hour + 1}:00:00`);
    }
    for (let minute = 0; minute < 55; minute++)
      host.logged(`2026-11-27T05:${String(minute).padStart(2, "0")}:00`, "app: odd");
    const [odd] = groupsOf((await host.run("2026-11-27T06:00:00")).report);
    expect(odd?.history).to.include({ usualPerHour: 1, isUsual: false, reports: 4 });
  });

  it("what came with boots alone in the logs of before is known as such", async () => {
    host.rules("never.d/clock", "#@ near=boot\nclockd: stepped$\n");
    for (const day of ["2026-11-10", "2026-11-27"]) {
      host.logged(`${day}T08:30:00`, "kernel: Linux version 6.1.0");
      host.logged(`${day}T08:30:01`, "kernel: odd device");
      host.logged(`${day}T08:30:02`, "app: odd");
      host.logged(`${day}T08:50:02`, "app: odd");
    }
    const { report } = await host.run("2026-11-27T11:00:00");
    const historyOf = (word: string) => groupsOf(report).find(({ shape }) => shape.includes(word))?.history;
    expect(historyOf("device")).to.include({ isOfBoot: true });
    expect(historyOf("app")).to.include({ reports: 1 }).and.to.not.have.property("isOfBoot");
  });

  it("what came with a boot is not back at the next one, a month later", async () => {
    host.rules("never.d/clock", "#@ near=boot\nclockd: stepped$\n");
    const boot = (day: string): void => {
      host.logged(`${day}T10:30:00`, "kernel: Linux version 6.1.0");
      host.logged(`${day}T10:30:01`, "kernel: odd device");
    };
    boot("2026-10-02");
    await host.run("2026-10-02T11:00:00");
    boot("2026-11-27");
    const { report } = await host.run("2026-11-27T11:00:00");
    const device = groupsOf(report).find(({ shape }) => shape.endsWith("odd device"));
    expect(device?.history).to.include({ isOfBoot: true });
  });

  it("a boot is compared with the boots before: what is new, and what is missing", async () => {
    host.rules("never.d/clock", "#@ near=boot\nclockd: stepped$\n");
    const boot = (at: string, devices: readonly string[]): void => {
      host.logged(`${at}:30`, "kernel: Linux version 6.1.0");
      for (const device of devices) host.logged(`${at}:31`, `kernel: odd ${device}`);
    };
    boot("2026-11-02T10:30", ["disk", "camera", "modem"]);
    const { report: first } = await host.run("2026-11-02T11:00:00");
    expect(first?.boot).to.deep.include({ boots: 1, kinds: 4, fresh: 4 }).and.to.not.have.property("missing");
    boot("2026-11-20T10:30", ["disk", "modem"]);
    expect((await host.run("2026-11-20T11:00:00")).report?.boot).to.include({
      kinds: 3,
      fresh: 0,
      missing: 1,
    });
    // The camera is known of the boot before the last.
    boot("2026-11-27T10:30", ["disk", "camera", "keyboard"]);
    const { report } = await host.run("2026-11-27T11:00:00");
    expect(report?.boot).to.deep.equal({
      atMs: new Date("2026-11-27T10:30:30").getTime(),
      boots: 1,
      kinds: 4,
      fresh: 1,
      missing: 1,
    });
    host.logged("2026-11-27T11:30:00", "app: odd");
    expect((await host.run("2026-11-27T12:00:00")).report).to.not.have.property("boot");
  });
});
