/** Kinds that were told: bounded, and in doubt a kind is new. */
import { expect } from "chai";
import { kindId } from "../../../src/group/kind.js";
import { isBack } from "../../../src/memory/kinds/back.js";
import { KnownKinds, type SeenKind } from "../../../src/memory/kinds/known-kinds.js";
import { noKinds, type KindRecords } from "../../../src/memory/kinds/records.js";

const dayMs = 86_400_000;
const start = new Date(2026, 10, 2, 9).getTime();

function kind(shape: string, layer: "never" | "violation" | "remainder" = "remainder"): SeenKind {
  return { kind: kindId(layer, undefined, shape), layer, shape };
}

/** The memory at nine o'clock of a day, counted from the first. */
function at(day: number, records: KindRecords = noKinds, expireDays = 100): KnownKinds {
  const date = new Date(start + day * dayMs);
  return new KnownKinds(records, expireDays, { date: date.toDateString(), nowMs: date.getTime() });
}

function stored(known: KnownKinds): KindRecords {
  const records = known.records();
  if (records === undefined) throw new Error("nothing to store");
  return JSON.parse(JSON.stringify(records)) as KindRecords;
}

function toldOn(day: number, shapes: readonly string[], records: KindRecords = noKinds): KindRecords {
  const known = at(day, records);
  known.tell(shapes.map((shape) => kind(shape)));
  return stored(known);
}

const words = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, index) => String.fromCharCode(97 + (index % 26)) + "q".repeat(index / 26),
  );

describe("kinds that were told", () => {
  it("are new until a report tells them, then known since then, with the number of reports", () => {
    const disk = kind("disk: slow");
    expect(at(0).historyOf(disk)).to.equal(undefined);
    const twice = toldOn(3, [disk.shape], toldOn(0, [disk.shape]));
    expect(at(4, twice).historyOf(disk)).to.deep.equal({
      firstMs: start,
      lastMs: start + 3 * dayMs,
      reports: 2,
      isUsual: true,
    });
  });

  it("nothing is to be stored where nothing was told", () => {
    expect(at(1, toldOn(0, ["disk: slow"])).records()).to.equal(undefined);
  });

  it("are back after more than a week, and not after a clock that was wrong", () => {
    const history = { firstMs: start, lastMs: start, reports: 1, isUsual: true };
    expect(isBack(history, start + 7 * dayMs)).to.equal(false);
    expect(isBack(history, start + 8 * dayMs)).to.equal(true);
    expect(isBack(history, start - 8 * dayMs)).to.equal(false);
    expect(isBack({ ...history, isOfBoot: true }, start + 90 * dayMs), "of a boot").to.equal(false);
  });

  it("are forgotten after days on which other lines came, and not after days without any", () => {
    const old = kind("old: kind");
    let records = toldOn(0, [old.shape]);
    expect(at(300, records, 3).historyOf(old), "one day of lines later").to.not.equal(undefined);
    for (const day of [1, 2, 3]) records = toldOn(day, ["other: kind"], records);
    expect(at(3, records, 3).historyOf(old)).to.not.equal(undefined);
    expect(at(4, records, 3).historyOf(old)).to.equal(undefined);
  });

  it("of a boot are kept for four times as long, while they come with boots alone", () => {
    const boots = [kind("kernel: one"), kind("kernel: two")];
    const first = at(0);
    first.tell(boots, () => start);
    const second = at(1, stored(first));
    second.tell(boots, ({ shape }) => (shape === "kernel: one" ? start + dayMs : undefined));
    let records = stored(second);
    for (let day = 2; day < 8; day++) records = toldOn(day, ["other: kind"], records);
    const known = at(8, records, 3);
    expect(boots.map((each) => known.historyOf(each)?.isOfBoot)).to.deep.equal([true, undefined]);
  });

  it("of alarms know up to 32 addresses and users: what they do not know is new", () => {
    const login = (values: readonly string[]): SeenKind => ({
      ...kind("sshd: root logged in", "never"),
      values,
    });
    const known = at(0);
    known.tell([login(["address 192.0.2.1", "user root"])]);
    const isNew = (values: readonly string[]): boolean =>
      at(1, stored(known)).historyOf(login(values))?.hasNewValues === true;
    expect(isNew(["user root", "address 192.0.2.1"])).to.equal(false);
    expect(isNew(["user root", "address 192.0.2.2"])).to.equal(true);
    expect(isNew([])).to.equal(false);
    known.tell([login(Array.from({ length: 100 }, (_, index) => `address 198.51.100.${index}`))]);
    expect(isNew(["address 192.0.2.1"]), "is not pushed out").to.equal(false);
    expect(isNew(["address 198.51.100.99"]), "no room").to.equal(true);
  });

  it("a flood of one program takes no room from another, and what finds none stays new", () => {
    const flood = words(400).map((word) => `sshd: ${word} was here`);
    let records = toldOn(0, ["sshd: first of all"]);
    records = toldOn(1, flood, records);
    records = toldOn(1, ["nginx: crashed"], records);
    const known = at(2, records);
    const ofSshd = Object.values(records.kinds).filter(({ shape }) => shape.startsWith("sshd: "));
    expect(ofSshd).to.have.length(300);
    expect(known.historyOf(kind("nginx: crashed"))).to.not.equal(undefined);
    expect(known.historyOf(kind("sshd: first of all")), "is not pushed out").to.not.equal(undefined);
    const last = kind(flood.at(-1) ?? "");
    expect(known.historyOf(last)).to.equal(undefined);
    expect([...known.fullFor([last, kind("nginx: other")])]).to.deep.equal(["sshd"]);
  });

  it("a flood of programs ends at 20,000 kinds, and pushes nothing out", () => {
    const first = at(0);
    first.tell([kind("disk: slow")]);
    for (let program = 0; program < 100; program++)
      first.tell(
        Array.from({ length: 250 }, (_, index) => kind(`p${program}: ${"x".repeat(index)}`, "never")),
      );
    const records = stored(first);
    expect(Object.keys(records.kinds)).to.have.length(20_000);
    expect(at(1, records).historyOf(kind("disk: slow"))).to.not.equal(undefined);
    expect(at(1, records).historyOf(kind("late: comer"))).to.equal(undefined);
  }).timeout(20_000);
});

describe("how many lines of a kind are usual", () => {
  const disk = kind("disk: slow");
  const lines = (count: number) => ({ lines: new Map([[disk.kind, count]]), hours: 1 });
  function afterHours(counts: readonly number[]): KnownKinds {
    const known = at(0);
    known.tell([disk]);
    for (const count of counts) known.count([disk], lines(count));
    return known;
  }

  it("is known after three runs, as lines an hour", () => {
    expect(afterHours([6, 8]).historyOf(disk)).to.not.have.property("usualPerHour");
    expect(afterHours([6, 8, 7]).historyOf(disk)).to.have.property("usualPerHour", 7);
  });

  it("five times the most, and fifty at least, are more", () => {
    const known = afterHours([6, 12, 7]);
    const isUsual = (count: number): boolean | undefined => known.historyOf(disk, lines(count))?.isUsual;
    expect([0, 49, 60, 61].map(isUsual)).to.deep.equal([true, true, true, false]);
    expect(afterHours([1]).historyOf(disk, lines(49))?.isUsual, "few lines").to.equal(true);
    expect(afterHours([1]).historyOf(disk, lines(50))?.isUsual).to.equal(false);
  });

  it("a run of many hours is compared by the hour, and says nothing of what an hour has", () => {
    const known = afterHours([60, 60]);
    expect(known.historyOf(disk, { ...lines(2400), hours: 24 })?.isUsual).to.equal(true);
    known.count([disk], { ...lines(1), hours: 24 });
    expect(known.historyOf(disk)).to.not.have.property("usualPerHour");
  });

  it("a peak counts for four weeks", () => {
    const known = at(40, stored(afterHours([1000])));
    known.tell([disk]);
    for (const count of [1, 1, 1]) known.count([disk], lines(count));
    const records = stored(known);
    expect(at(40, records).historyOf(disk, lines(60))?.isUsual).to.equal(false);
    expect(Object.values(records.kinds)[0]?.counts.peaks).to.have.length(1);
  });
});

describe("kinds that differ in one word", () => {
  const named = (count: number, program = "popd"): string[] =>
    words(count).map((word) => `${program}: removing ${word} from list`);

  it("are one kind when ten are new on one day: the eleventh is known", () => {
    const nine = toldOn(0, named(9));
    expect(at(0, nine).historyOf(kind("popd: removing kk from list"))).to.equal(undefined);
    const ten = toldOn(0, named(10), nine);
    expect(Object.values(ten.kinds).map(({ shape }) => shape)).to.deep.equal(["popd: removing * from list"]);
    expect(at(1, ten).historyOf(kind("popd: removing kk from list"))).to.have.property("reports");
    expect(at(1, ten).historyOf(kind("popd: adding kk to list"))).to.equal(undefined);
    expect(at(1, ten).historyOf(kind("popd: removing kk from list", "never")), "an alarm").to.equal(
      undefined,
    );
  });

  it("are not one kind over days", () => {
    let records = noKinds;
    for (const [day, shape] of named(12).entries()) records = toldOn(day, [shape], records);
    expect(Object.keys(records.kinds)).to.have.length(12);
  });

  for (const program of ["sudo", "CRON", "systemd", "useradd"])
    it(`of ${program} stay apart: the word is the news`, () => {
      expect(Object.keys(toldOn(0, named(12, program)).kinds)).to.have.length(12);
    });
});
