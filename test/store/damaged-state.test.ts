/** F17, F18: a state that is cut, flipped, zeroed, gone, or an old one from a backup. */
import { expect } from "chai";
import type { Position } from "../../src/sources/source.js";
import { decodeState, encodeState } from "../../src/store/state-file.js";
import type { State } from "../../src/store/state.js";
import { openStore, type OpenedStore } from "../../src/store/store.js";
import { DiskError } from "../../src/std/disk.js";
import { ModelDisk, type Image } from "../support/model-disk.js";
import { unfinishedReport } from "../support/payloads.js";
import { linesOf, linesRead, now, smallRun } from "../support/small-run.js";
import type { Transport } from "../../src/outlets/mail/message.js";

const directory = "/var/lib/logwinnow";
const lines = (count: number): readonly string[] =>
  Array.from({ length: count }, (_line, index) => `line ${index + 1}`);
const deferring: Transport = ({ envelope }) =>
  Promise.resolve({ outcome: "deferred", reason: "relay:25: try later", remaining: envelope.to });

const state: State = {
  commitNumber: 7,
  hostId: "0123456789ab",
  positions: { "/var/log/syslog": { kind: "of a test", cursor: "s=é\u2028;i=1" } as Position },
  lastSuccess: "2026-03-01T11:00:00.000Z",
  hasOpenReport: false,
  toldNotices: { 'x: unmatched "(": skipped': "2026-03-01T11:00:00.000Z" },
};

/** A directory after two runs (four commits): 6 lines, then 9. */
async function afterTwoRuns(transport: Transport): Promise<Image> {
  const disk = new ModelDisk(new Map([["/var/lib", new Map()]]));
  await smallRun(openStore(directory, disk, now).store, lines(6), transport);
  await smallRun(openStore(directory, disk, now).store, lines(9), transport);
  return disk.image();
}

function withFiles(image: Image, changes: Readonly<Record<string, Uint8Array | undefined>>): Image {
  const files = new Map(image.get(directory));
  for (const [name, bytes] of Object.entries(changes))
    if (bytes) files.set(name, bytes);
    else files.delete(name);
  return new Map([...image, [directory, files]]);
}

function fileOf(image: Image, name: string): Uint8Array {
  const bytes = image.get(directory)?.get(name);
  if (!bytes) throw new Error(`no ${name}`);
  return bytes;
}

/** Every way to cut, zero, flip or lengthen these bytes. */
function* damages(bytes: Uint8Array): Generator<readonly [string, Uint8Array]> {
  for (let length = 0; length < bytes.length; length++) yield [`cut to ${length}`, bytes.subarray(0, length)];
  for (let offset = 0; offset < bytes.length; offset++)
    for (const bit of [1, 2, 4, 8, 16, 32, 64, 128])
      yield [
        `bit ${bit} of byte ${offset}`,
        bytes.map((byte, index) => (index === offset ? byte ^ bit : byte)),
      ];
  yield ["zeroed", new Uint8Array(bytes.length)];
  yield ["doubled", Buffer.concat([bytes, bytes])];
  yield ["a byte too long", Buffer.concat([bytes, Buffer.from("\n")])];
}

describe("the state file (F17)", () => {
  it("gives back what was stored", () => {
    expect(decodeState(encodeState(state))).to.deep.equal({ kind: "whole", state });
  });

  it("knows each damage: every cut, every flipped bit", () => {
    let count = 0;
    for (const [title, bytes] of damages(encodeState(state))) {
      expect(decodeState(bytes), title).to.deep.equal({ kind: "damaged" });
      count += 1;
    }
    console.log(`      ${count} damages`);
  });

  it("the commit before serves, with a notice, and no line is lost", async () => {
    const image = await afterTwoRuns(deferring);
    const whole = fileOf(image, "state.json");
    const samples = [...damages(whole)].filter((_damage, index) => index % 97 === 0);
    for (const [title, bytes] of [...samples, ["gone", undefined] as const]) {
      const disk = new ModelDisk(withFiles(image, { "state.json": bytes }));
      const { store, origin, notices } = openStore(directory, disk, now);
      expect(origin, title).to.equal("previous");
      expect(notices, title).to.have.length(1);
      expect(notices[0]?.where).to.equal(`${directory}/state.json`);
      expect(notices[0]?.done).to.equal('went back to "state.json.prev"');
      expect(store.openReport(), "the unfinished report of that commit").to.not.equal(undefined);
      expect(await toldAfter(disk), title).to.deep.equal(onceEach(9));
    }
  });

  it("a second damage later on still finds a whole one: the damaged file is never kept as the one before", async () => {
    const image = await afterTwoRuns(deferring);
    const damaged = fileOf(image, "state.json").slice(1);
    const disk = new ModelDisk(withFiles(image, { "state.json": damaged }));
    const { store } = openStore(directory, disk, now);
    store.commit({ positions: store.state.positions, payloads: [], toldNotices: {} }, now);
    const again = new ModelDisk(withFiles(disk.image(), { "state.json": damaged }));
    expect(openStore(directory, again, now).origin).to.equal("previous");
  });

  const whatRemains = { damaged: Buffer.from("garbage"), zeroed: new Uint8Array(512), gone: undefined };
  for (const [title, remains] of Object.entries(whatRemains))
    it(`both ${title}: begins anew with a notice, keeps every mail and the unfinished report`, async () => {
      const disk = new ModelDisk(new Map([["/var/lib", new Map()]]));
      await smallRun(openStore(directory, disk, now).store, lines(6), deferring);
      const { store } = openStore(directory, disk, now);
      const unfinished = unfinishedReport(["line 7"]);
      store.commit({ positions: {}, openReport: unfinished, payloads: [], toldNotices: {} }, now);
      const lost = new ModelDisk(
        withFiles(disk.image(), { "state.json": remains, "state.json.prev": remains }),
      );
      const opened = openStore(directory, lost, now);
      expect(opened.origin).to.equal("lost");
      expect(opened.notices).to.have.length(1);
      expect(opened.store.spool.waiting()).to.have.length(2);
      expect(opened.store.openReport()).to.deep.equal(unfinished);
      expect(opened.store.nextCommitNumber, "no mail's name is used again").to.be.greaterThan(2);
      const told = await toldAfter(lost);
      expect([...told.keys()].sort()).to.deep.equal(lines(9).toSorted());
      expect(Math.max(...told.values()), "twice, but not more").to.be.at.most(2);
    });

  it("a damaged unfinished report is as bad as a damaged state: the commit before serves", async () => {
    const disk = new ModelDisk(new Map([["/var/lib", new Map()]]));
    await smallRun(openStore(directory, disk, now).store, lines(6), deferring);
    const { store } = openStore(directory, disk, now);
    const unfinished = unfinishedReport(["line 7"]);
    store.commit({ positions: {}, openReport: unfinished, payloads: [], toldNotices: {} }, now);
    const image = disk.image();
    const [name = ""] = [...(image.get(`${directory}/unfinished`)?.keys() ?? [])].slice(-1);
    const damaged = new Map([
      ...image,
      [`${directory}/unfinished`, new Map([[name, Buffer.from("garbage")]])],
    ]);
    const { store: reopened, origin } = openStore(directory, new ModelDisk(damaged), now);
    expect(origin).to.equal("previous");
    expect(linesRead(reopened)).to.equal(6);
  });

  it("refuses the state of a later version instead of beginning anew", () => {
    const newer = encodeState(Object.assign({ formatVersion: 1_000 }, state));
    const disk = new ModelDisk(new Map([[directory, new Map([["state.json", newer]])]]));
    expect(() => openStore(directory, disk, now)).to.throw(DiskError, /later version/);
  });
});

describe("a state from a backup (F18)", () => {
  for (const transport of ["delivered", "still waiting"] as const)
    it(`loses nothing when the mails since were ${transport}`, async () => {
      const told = new Map<string, number>();
      const disk = new ModelDisk(new Map([["/var/lib", new Map()]]));
      const deliver = transport === "delivered" ? counting(told) : deferring;
      await smallRun(openStore(directory, disk, now).store, lines(4), deliver);
      const backup = fileOf(disk.image(), "state.json");
      for (const count of [6, 8, 9])
        await smallRun(openStore(directory, disk, now).store, lines(count), deliver);
      const rolledBack = new ModelDisk(withFiles(disk.image(), { "state.json": backup }));
      const opened: OpenedStore = openStore(directory, rolledBack, now);
      expect(linesRead(opened.store)).to.equal(4);
      expect(opened.notices.map(({ what }) => what).join()).to.match(/it comes from a backup/);
      const after = await toldAfter(rolledBack, told);
      expect([...after.keys()].sort()).to.deep.equal(lines(9).toSorted());
      expect(Math.max(...after.values()), "the backlog twice, not more").to.be.at.most(2);
    });
});

/** How often each line was told, once everything is delivered by a run that reads nine lines. */
async function toldAfter(
  disk: ModelDisk,
  told = new Map<string, number>(),
): Promise<ReadonlyMap<string, number>> {
  await smallRun(openStore(directory, disk, now).store, lines(9), counting(told));
  return told;
}

function counting(told: Map<string, number>): Transport {
  return ({ bytes }) => {
    for (const line of linesOf(bytes)) told.set(line, (told.get(line) ?? 0) + 1);
    return Promise.resolve({ outcome: "delivered" });
  };
}

function onceEach(count: number): ReadonlyMap<string, number> {
  return new Map(lines(count).map((line) => [line, 1]));
}
