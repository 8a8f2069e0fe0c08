/** Keys seen on this host: bounded, forgotten only when not seen for long, and no flood makes one known that was not. */
import { expect } from "chai";
import { KnownKeys, noKeys, type Family, type KeyRecords } from "../../src/conditions/known-keys.js";

const cron: Family = { name: "cron-command", program: "cron", expireDays: 100 };
const sudo: Family = { name: "sudo-command", program: "sudo", expireDays: 2 };
const modules: Family = { name: "kernel-module", program: "kernel", expireDays: 100 };

const date = (day: number): string => `day ${day}`;

function keysOf(records: KeyRecords, families: readonly Family[], today: string, learns = false): KnownKeys {
  return new KnownKeys(records, { families, learns, date: today });
}

/** What is stored after a run that saw these keys of the first family. */
function after(records: KeyRecords, families: readonly Family[], today: string, ...keys: readonly string[]) {
  const known = keysOf(records, families, today);
  const sights = keys.map((key) => known.see(families[0]?.name ?? "", key));
  return { sights, records: known.records(true) ?? records };
}

describe("known keys", () => {
  it("are new once, then known in the run and in the next ones", () => {
    const first = after(noKeys, [cron], date(1), "a", "a", "b");
    expect(first.sights).to.deep.equal(["new", "known", "new"]);
    expect(after(first.records, [cron], date(2), "a", "c").sights).to.deep.equal(["known", "new"]);
  });

  it("of a family that is new on this host are learnt until the run ends well, and told as its inventory", () => {
    const begun = keysOf(noKeys, [cron, sudo], date(1), true);
    expect(begun.isLearning).to.equal(true);
    expect(begun.see("cron-command", "a")).to.equal("learnt");
    const interrupted = begun.records(false) ?? noKeys;
    const next = keysOf(interrupted, [cron, sudo], date(1), true);
    expect(next.see("cron-command", "b")).to.equal("learnt");
    expect([...next.inventory()]).to.deep.equal([["cron-command", ["a", "b"]]]);
    const told = keysOf(next.records(true) ?? noKeys, [cron, sudo], date(2), true);
    expect(told.isLearning).to.equal(false);
    expect(told.see("cron-command", "c"), "a family that had keys").to.equal("new");
    expect(told.see("sudo-command", "a"), "one that had none").to.equal("new");
  });

  it("of a family that comes with an upgrade are learnt; those of the others are not", () => {
    const { records } = after(noKeys, [cron], date(1), "a");
    const upgraded = keysOf(records, [cron, sudo], date(2), true);
    expect([upgraded.see("sudo-command", "x"), upgraded.see("cron-command", "b")]).to.deep.equal([
      "learnt",
      "new",
    ]);
    upgraded.learn("cron-command", "from history");
    upgraded.learn("sudo-command", "from history");
    expect([...upgraded.inventory()]).to.deep.equal([["sudo-command", ["from history", "x"]]]);
    expect(upgraded.see("cron-command", "from history")).to.equal("new");
  });

  it("whose memory was lost are all new: nothing is learnt silently", () => {
    expect(after(noKeys, [cron], date(1), "a").sights).to.deep.equal(["new"]);
  });

  it("are forgotten after so many days on which keys were seen, not days of the calendar", () => {
    let { records } = after(noKeys, [sudo], date(1), "rare", "daily");
    for (const day of [2, 3]) ({ records } = after(records, [sudo], date(day), "daily"));
    expect(after(records, [sudo], date(3), "rare").sights, "the day has not changed").to.deep.equal([
      "known",
    ]);
    expect(after(records, [sudo], date(400), "daily", "rare").sights).to.deep.equal(["known", "new"]);
  });

  it("stay known under any flood, which is told line by line and not remembered past the bound", () => {
    const { records } = after(noKeys, [cron, sudo, modules], date(1), "mine");
    const flood = Array.from({ length: 5000 }, (_, index) => `forged ${index}`);
    const flooded = after(records, [cron, sudo, modules], date(2), ...flood);
    expect(flooded.sights.filter((sight) => sight === "new")).to.have.length(299);
    expect(flooded.sights.filter((sight) => sight === "no room")).to.have.length(4701);
    const next = keysOf(flooded.records, [cron, sudo, modules], date(3));
    expect(next.see("cron-command", "mine")).to.equal("known");
    expect(next.see("cron-command", "forged 4000"), "told again").to.equal("no room");
    expect(next.see("sudo-command", "x"), "another program has room of its own").to.equal("new");
    expect([...next.refused]).to.deep.equal([["cron", 1]]);
  });

  it("are 20,000 at most", () => {
    const families = Array.from({ length: 100 }, (_, index): Family => {
      return { name: `family-${index}`, program: `program-${index}`, expireDays: 100 };
    });
    const known = keysOf(noKeys, families, date(1));
    let fresh = 0;
    for (const { name } of families)
      for (let index = 0; index < 400; index++) if (known.see(name, `key ${index}`) === "new") fresh++;
    expect(fresh).to.equal(20_000);
    expect(known.see("family-0", "key 0")).to.equal("known");
  });

  it("are stored only when something changed", () => {
    const { records } = after(noKeys, [cron], date(1), "a");
    expect(keysOf(records, [cron], date(1)).records(true)).to.equal(undefined);
    const again = keysOf(records, [cron], date(1));
    again.see("cron-command", "a");
    expect(again.records(true)).to.equal(undefined);
    const nextDay = keysOf(records, [cron], date(2));
    expect(nextDay.records(true), "a day without keys is no day").to.equal(undefined);
    nextDay.see("cron-command", "a");
    expect(nextDay.records(true)).to.have.property("day", 2);
  });
});
