/** The store: what a commit stores, what a mail's fate is, and where the bounds are. */
import { expect } from "chai";
import { isDue, type SpoolEntry } from "../../src/store/spool/spool.js";
import { defaultStoreLimits, openStore, type Commit, type Store } from "../../src/store/store.js";
import { layoutOf } from "../../src/store/layout.js";
import { wholeReport } from "../../src/store/report-files.js";
import type { Payload } from "../../src/store/spool/payload.js";
import type { Stored } from "../../src/store/stored.js";
import { ModelDisk } from "../support/model-disk.js";
import { mailPayload, unfinishedReport } from "../support/payloads.js";

const directory = "/var/lib/logwinnow";
const start = new Date("2026-03-01T12:00:00Z");
const nothing: Commit = { positions: {}, payloads: [], toldNotices: {} };
const after = (milliseconds: number): Date => new Date(start.getTime() + milliseconds);

function mail(text: string, to: readonly string[] = ["root@web1.example"]): Payload {
  return mailPayload({ envelope: { from: "logwinnow@web1.example", to }, bytes: Buffer.from(text) });
}

function emptyDisk(): ModelDisk {
  return new ModelDisk(new Map([["/var/lib", new Map()]]));
}

function open(disk: ModelDisk, now = start): Store {
  return openStore(directory, disk, now).store;
}

function only(entries: readonly SpoolEntry[]): SpoolEntry {
  const [entry] = entries;
  if (!entry || entries.length > 1) throw new Error(`${entries.length} entries`);
  return entry;
}

describe("store", () => {
  it("gives back what was committed, in this run and the next", () => {
    const disk = emptyDisk();
    const store = open(disk);
    expect(store.state).to.deep.include({ commitNumber: 0, positions: {}, hasOpenReport: false });
    const positions = { journal: { kind: "cursor", cursor: "s=1" } } as const;
    const toldNotices = { "x: y: z": start.toISOString() };
    const openReport = unfinishedReport({ lines: ["a"] });
    store.commit({ positions, openReport, payloads: [mail("a")], lastSuccess: start, toldNotices }, start);
    for (const each of [store, open(disk)]) {
      const lastSuccess = start.toISOString();
      expect(each.state).to.deep.include({
        commitNumber: 1,
        positions,
        lastSuccess,
        hasOpenReport: true,
        toldNotices,
      });
      expect(each.state.hostId)
        .to.equal(store.state.hostId)
        .and.match(/^[0-9a-f]{12}$/);
      expect(each.openReport()).to.deep.equal(openReport);
      const entry = only(each.spool.waiting());
      expect(entry).to.deep.include({
        name: "00000001.1.mail",
        commitNumber: 1,
        attempts: 0,
        status: "waiting",
      });
      expect(Buffer.from(each.spool.payload(entry)?.bytes ?? []).toString()).to.equal("a");
    }
  });

  it("keeps the last success until there is another, and forgets a finished report", () => {
    const disk = emptyDisk();
    const store = open(disk);
    store.commit({ ...nothing, lastSuccess: start, openReport: unfinishedReport({}) }, start);
    store.commit(nothing, after(1));
    expect(store.state.lastSuccess).to.equal(start.toISOString());
    expect(store.openReport()).to.equal(undefined);
    expect(open(disk).openReport()).to.equal(undefined);
  });

  it("keeps few files over many commits", () => {
    const disk = emptyDisk();
    const store = open(disk);
    for (let count = 0; count < 20; count++)
      store.commit({ ...nothing, openReport: unfinishedReport({}) }, start);
    expect(disk.list(directory)).to.deep.equal(["state.json", "state.json.prev"]);
    expect(disk.list(`${directory}/unfinished`)).to.have.length(2);
  });

  it("remembers what a commit says until another says otherwise, in a file or two for each name", () => {
    const disk = emptyDisk();
    const store = open(disk);
    const document = (data: string): Stored => ({ kind: "test", version: 1, data });
    expect(store.memory("kinds")).to.deep.equal({ kind: "nothing" });
    store.commit({ ...nothing, memory: { kinds: document("a"), keys: document("k") } }, start);
    for (const data of ["b", "c"]) store.commit({ ...nothing, memory: { kinds: document(data) } }, start);
    for (const each of [store, open(disk)]) {
      expect(each.memory("kinds")).to.deep.equal({ kind: "stored", stored: document("c") });
      expect(each.memory("keys")).to.deep.equal({ kind: "stored", stored: document("k") });
    }
    expect(disk.list(`${directory}/memory`)).to.deep.equal([
      "00000001.keys.json",
      "00000002.kinds.json",
      "00000003.kinds.json",
    ]);
    store.commit(nothing, start);
    expect(disk.list(`${directory}/memory`)).to.deep.equal(["00000001.keys.json", "00000003.kinds.json"]);
  });

  it("does not trust what was changed on the disk, and says so", () => {
    const disk = emptyDisk();
    open(disk).commit({ ...nothing, memory: { kinds: { kind: "test", version: 1, data: "a" } } }, start);
    const path = `${directory}/memory/00000001.kinds.json`;
    for (const [what, change] of [
      ["is missing", undefined],
      ["is damaged (its checksum is wrong)", Buffer.from('{"kind":"test","version":1,"data":"b"}')],
    ] as const) {
      disk.unlink(path);
      if (change) disk.writeNew(path, change);
      const read = open(disk).memory("kinds");
      expect(read.kind).to.equal("unreadable");
      expect(read).to.have.deep.property("notice", {
        where: path,
        what,
        done: "what it remembered is forgotten, lines may be reported again",
      });
      if (!change) disk.writeNew(path, Buffer.from(""));
    }
  });

  it("says where a report file will be, and puts it there", () => {
    const disk = emptyDisk();
    const store = open(disk);
    const path = store.nextReportFilePath(start);
    expect(path).to.equal(`${directory}/full/00000001-2026-03-01.log.gz`);
    store.commit({ ...nothing, reportFile: Buffer.from("gzip") }, start);
    expect(Buffer.from(disk.read(path) ?? []).toString()).to.equal("gzip");
  });
});

describe("report files", () => {
  it("whole reports are found by id, or its beginning, the newest first", () => {
    const disk = emptyDisk();
    const store = open(disk);
    const layout = layoutOf(directory);
    const forms = (text: string) => ({ txt: Buffer.from(`${text} as text`), html: Buffer.from(text) });
    expect(wholeReport(disk, layout, "")).to.equal(undefined);
    store.commit({ ...nothing, wholeReport: { id: "7c19", forms: forms("first") } }, start);
    store.commit({ ...nothing, wholeReport: { id: "7c2a", forms: forms("second") } }, start);
    store.commit({ ...nothing, wholeReport: { id: "01ab", forms: forms("third") } }, start);
    store.commit({ ...nothing, reportFile: Buffer.from("gzip") }, start);
    const read = (id: string, form: "txt" | "html"): string =>
      Buffer.from(wholeReport(disk, layout, id)?.read(form) ?? "none").toString();
    expect(read("7c19", "html")).to.equal("first");
    expect(read("7c", "txt")).to.equal("second as text");
    expect(read("", "html")).to.equal("third");
    expect(read("beef", "html")).to.equal("none");
    expect(wholeReport(disk, layout, "7c")?.id).to.equal("7c2a");
    expect(wholeReport(disk, layout, "7c")?.read("page")).to.equal(undefined);
    expect(openStore(directory, disk, after(86_400_000 * 400)).notices).to.deep.equal([]);
    expect(disk.list(`${directory}/full`)).to.have.length(1);
  });

  it("are kept for 30 days, then deleted; the newest stays", () => {
    const disk = emptyDisk();
    const store = open(disk);
    for (const day of [0, 10, 20, 29])
      store.commit({ ...nothing, reportFile: Buffer.from("x") }, after(day * 86_400_000));
    const left = (day: number): number => {
      const { notices } = openStore(directory, disk, after(day * 86_400_000));
      expect(notices).to.deep.equal([]);
      return disk.list(`${directory}/full`).length;
    };
    expect(left(30)).to.equal(4);
    expect(left(32)).to.equal(3);
    expect(left(400)).to.equal(1);
  });

  it("go before their time only past the cap, the oldest first, each with a notice", () => {
    const disk = emptyDisk();
    const store = open(disk);
    for (const size of [40, 30, 20, 10])
      store.commit({ ...nothing, reportFile: new Uint8Array(size) }, start);
    const limits = { ...defaultStoreLimits, reportFiles: { keptDays: 30, maxBytes: 50 } };
    const { notices } = openStore(directory, disk, start, limits);
    expect(disk.list(`${directory}/full`).map((name) => name.slice(0, 8))).to.deep.equal([
      "00000003",
      "00000004",
    ]);
    expect(notices.map(({ where }) => where.slice(-26))).to.deep.equal([
      "00000001-2026-03-01.log.gz",
      "00000002-2026-03-01.log.gz",
    ]);
  });
});

describe("spool", () => {
  function withOneMail(to?: readonly string[]): { disk: ModelDisk; store: Store; entry: SpoolEntry } {
    const disk = emptyDisk();
    const store = open(disk);
    store.commit({ ...nothing, payloads: [mail("the mail", to)] }, start);
    return { disk, store, entry: only(store.spool.waiting()) };
  }

  it("a delivered mail is gone", () => {
    const { disk, store, entry } = withOneMail();
    expect(store.spool.settle(entry, { outcome: "delivered" }, start)).to.equal(undefined);
    expect(open(disk).spool.waiting()).to.deep.equal([]);
  });

  it("a deferred mail waits from a minute to nearly an hour, over restarts, for those who lack it", () => {
    const { disk, entry } = withOneMail(["a@x.example", "b@x.example"]);
    const remaining = ["b@x.example"];
    let current = entry;
    const pausesMinutes: number[] = [];
    for (let count = 0; count < 9; count++) {
      const delivery = { outcome: "deferred", reason: `relay:25: 451 "${count}"`, remaining } as const;
      open(disk).spool.settle(current, delivery, start);
      current = only(open(disk).spool.waiting());
      expect(current).to.deep.include({ attempts: count + 1, lastReason: delivery.reason });
      expect(current.envelope?.to).to.deep.equal(remaining);
      pausesMinutes.push((Date.parse(current.nextTryAt ?? "") - start.getTime()) / 60_000);
    }
    expect(pausesMinutes).to.deep.equal([1, 2, 4, 8, 16, 32, 55, 55, 55]);
    expect(open(disk).spool.payload(current)?.envelope?.to).to.deep.equal(remaining);
    expect(Buffer.from(open(disk).spool.payload(current)?.bytes ?? []).toString()).to.equal("the mail");
  });

  it("is due when its time has come, and when the clock was put back past its time (F29)", () => {
    const { store, entry } = withOneMail();
    const delivery = { outcome: "deferred", reason: "r" } as const;
    const settled = store.spool.settle(entry, delivery, start) ?? entry;
    expect(isDue(entry, start)).to.equal(true);
    expect(isDue(settled, after(59_000))).to.equal(false);
    expect(isDue(settled, after(60_000))).to.equal(true);
    expect(isDue(settled, after(365 * 86_400_000))).to.equal(true);
    expect(isDue(settled, after(-365 * 86_400_000))).to.equal(true);
  });

  it("a refused mail is parked with its reason, and stays over commits until a person acts (F22)", () => {
    const { disk, store, entry } = withOneMail();
    const reason = 'relay:25: 550 "no"';
    store.spool.settle(entry, { outcome: "refused", reason }, start);
    for (let count = 0; count < 5; count++) open(disk).commit(nothing, start);
    const { spool } = open(disk);
    expect(spool.waiting()).to.deep.equal([]);
    const failed = only(spool.failed());
    expect(failed).to.deep.include({ status: "failed", lastReason: reason, attempts: 1 });
    const requeued = spool.requeue(failed);
    expect(requeued).to.deep.equal(only(open(disk).spool.waiting()));
    expect(requeued).to.deep.include({ status: "waiting", attempts: 0 });
    expect(Buffer.from(spool.payload(requeued)?.bytes ?? []).toString()).to.equal("the mail");
    expect(spool.failed()).to.deep.equal([]);
  });

  it("a waiting mail that is requeued is due at once", () => {
    const { store, entry } = withOneMail();
    store.spool.settle(entry, { outcome: "deferred", reason: "r" }, start);
    expect(isDue(store.spool.requeue(only(store.spool.waiting())), start)).to.equal(true);
  });

  it("a damaged mail is known, never sent, never deleted", () => {
    const { disk, entry } = withOneMail();
    const path = `${directory}/spool/${entry.name}`;
    const whole = disk.read(path) ?? new Uint8Array();
    for (let offset = 0; offset < whole.length; offset++) {
      const image = new Map(disk.image());
      const damaged = whole.map((byte, index) => (index === offset ? byte ^ 1 : byte));
      image.set(`${directory}/spool`, new Map([[entry.name, damaged]]));
      const found = new ModelDisk(image);
      const { spool } = open(found);
      const listed = only(spool.waiting());
      const payload = spool.payload(listed);
      // A flipped bit in an address or a counter goes unnoticed; one in the mail or its digest does not.
      if (offset > whole.indexOf(10)) expect(payload, `byte ${offset}`).to.equal(undefined);
      const settled = spool.settle(listed, { outcome: "refused", reason: "damaged", remaining: [] }, start);
      expect(settled?.status).to.equal("failed");
      expect(found.list(`${directory}/failed`)).to.deep.equal([entry.name]);
    }
  });

  it("mail is down for 7 days: everything waits in order, up to the cap (F25)", () => {
    const disk = emptyDisk();
    const limits = { ...defaultStoreLimits, spoolBytes: 200_000 };
    let stoppedAtHour: number | undefined;
    for (let hour = 0; hour < 7 * 24; hour++) {
      const now = after(hour * 3_600_000);
      const { store } = openStore(directory, disk, now, limits);
      for (const entry of store.spool.waiting().filter((waiting) => isDue(waiting, now)))
        store.spool.settle(entry, { outcome: "deferred", reason: "relay:25: down" }, now);
      if (store.isFull()) {
        stoppedAtHour ??= hour;
        continue;
      }
      store.commit({ ...nothing, payloads: [mail(`report of hour ${hour} ${"x".repeat(1500)}`)] }, now);
    }
    const { store } = openStore(directory, disk, after(7 * 86_400_000), limits);
    const waiting = store.spool.waiting();
    expect(stoppedAtHour)
      .to.be.greaterThan(100)
      .and.lessThan(7 * 24);
    expect(waiting).to.have.length(stoppedAtHour ?? 0);
    expect(waiting.map(({ commitNumber }) => commitNumber)).to.deep.equal(
      waiting.map((_entry, index) => index + 1),
    );
    for (const entry of waiting) store.spool.settle(entry, { outcome: "delivered" }, after(7 * 86_400_000));
    expect(store.isFull()).to.equal(false);
  });
});
