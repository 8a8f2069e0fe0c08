/** The archive of reported lines: bounded, private, and a damaged file costs its own lines alone. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ToldLines } from "../../src/check/lines/told-lines.js";
import { DiskError, realDisk, type Disk } from "../../src/std/disk.js";
import { decodeArchive, encodeArchive, type ArchivedLine } from "../../src/store/archive-file.js";
import { addToArchive, Archive, usualArchiveLimits } from "../../src/store/archive.js";
import { layoutOf } from "../../src/store/layout.js";
import { defaultStoreLimits, openStore } from "../../src/store/store.js";

const line = (text: string): ArchivedLine => ({ source: "/var/log/app.log", sourceKind: "file", line: text });
const day = (date: number): Date => new Date(Date.UTC(2026, 9, date));
const always = new Date(0);

describe("the archive", () => {
  let state: string;
  beforeEach(() => (state = mkdtempSync(join(tmpdir(), "archive-"))));
  afterEach(() => rmSync(state, { recursive: true }));
  const add = (commit: number, now: Date, texts: readonly string[], limits = usualArchiveLimits): void =>
    addToArchive(realDisk, layoutOf(state), commit, now, { lines: texts.map(line), leftOut: 0 }, limits);
  const texts = (archive = new Archive(realDisk, state), since = always): string[] =>
    [...archive.since(since)].flatMap(({ lines }) => lines.map((one) => one.line));
  const files = (): string[] => readdirSync(join(state, "archive")).sort();

  it("gives back what was put in, to the byte, and with what it was read as", () => {
    const lines = [
      line("caf\xe9 \x00 \x1b[1m"),
      { ...line('{"a": 1}'), readAs: "Oct  1 00:00:00 web1 a: 1" },
    ];
    const decoded = decodeArchive(encodeArchive({ lines, leftOut: 3 }));
    expect(decoded).to.deep.equal({ lines, leftOut: 3, isDamaged: false });
  });

  it("is private to its user, and gives lines in the order of time, from when it is asked for", () => {
    add(12, day(2), ["second"]);
    add(11, day(1), ["first"]);
    expect(texts()).to.deep.equal(["first", "second"]);
    expect(texts(undefined, day(2))).to.deep.equal(["second"]);
    const mode = (path: string): number => statSync(path).mode & 0o777;
    expect(mode(join(state, "archive"))).to.equal(0o700);
    expect(files().map((name) => mode(join(state, "archive", name)))).to.deep.equal([0o600, 0o600]);
  });

  it("deletes what is too old, then the oldest of what is too much", () => {
    for (let date = 1; date <= 20; date++)
      add(date, day(date), [`of day ${date}`], { keptDays: 9, maxBytes: 2 ** 20 });
    expect(texts()).to.have.length(10).and.include("of day 11").and.not.include("of day 10");
    const sizes = files().map((name) => statSync(join(state, "archive", name)).size);
    const maxBytes = sizes.slice(-3).reduce((sum, size) => sum + size, 0);
    add(20, day(20), [], { keptDays: 9, maxBytes });
    expect(texts()).to.deep.equal(["of day 18", "of day 19", "of day 20"]);
    add(21, day(20), ["more"], { keptDays: 0, maxBytes });
    expect(files()).to.deep.equal([]);
  });

  it("loses nothing but the end of a file that is damaged, and says which", () => {
    const many = Array.from({ length: 5000 }, (_, index) => `line ${index} ${Math.sin(index)}`);
    add(1, day(1), many);
    add(2, day(2), ["whole"]);
    const [name = ""] = files();
    const path = join(state, "archive", name);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length / 2));
    const archive = new Archive(realDisk, state);
    const read = texts(archive);
    expect(read.at(-1)).to.equal("whole");
    expect(read.slice(0, -1))
      .to.deep.equal(many.slice(0, read.length - 1))
      .and.have.length.above(100);
    expect(archive.notices).to.have.length(1);
    expect(archive.notices[0]).to.include({ where: path, what: "is damaged" });
    writeFileSync(path, "no gzip");
    expect(texts()).to.deep.equal(["whole"]);
  });

  it("holds no report back: a disk that refuses it is named, and the commit stands", () => {
    const disk: Disk = {
      ...realDisk,
      writeNew(path, bytes) {
        if (path.includes("/archive/")) throw new DiskError(path, "no space left on device");
        realDisk.writeNew(path, bytes);
      },
    };
    const { store } = openStore(state, disk, day(1), defaultStoreLimits);
    store.commit({ positions: {}, payloads: [], toldNotices: {} }, day(1));
    const notice = store.archive({ lines: [line("odd")], leftOut: 0 }, day(1));
    expect(notice?.what).to.equal("no space left on device");
    expect(openStore(state, realDisk, day(1)).store.state.commitNumber).to.equal(1);
  });

  it("removes what a crash left of a file", () => {
    add(1, day(1), ["whole"]);
    writeFileSync(join(state, "archive", `.${files()[0]}.tmp`), "half");
    openStore(state, realDisk, day(1));
    expect(files()).to.have.length(1);
  });
});

describe("what a run archives", () => {
  const told = (program: string, layer: "never" | "remainder" = "remainder") =>
    ({ ...line("x".repeat(68)), layer, program }) as const;

  it("is bounded by program and by layer, and counts what finds no room", () => {
    const lines = new ToldLines({ bytesOfProgram: 1000, bytesOfLayer: 3000 });
    for (let count = 0; count < 100; count++) lines.add(told("flood"));
    lines.add(told("other"));
    for (let count = 0; count < 100; count++) lines.add(told(`made up ${count}`));
    lines.add(told("sshd", "never"));
    const { lines: kept, leftOut } = lines.take();
    expect(kept).to.have.length(31);
    expect(leftOut).to.equal(171);
    lines.add(told("flood"));
    expect(lines.take()).to.deep.include({ leftOut: 0 });
  });
});
