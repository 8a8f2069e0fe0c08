/** F35: a sparse file of terabytes was read byte by byte, nothing was stored meanwhile, and no other log was read. */
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { openInput } from "../../src/sources/input.js";
import { accountingFile } from "../../src/sources/records/accounting.js";
import { lineFraming } from "../../src/sources/bytes/framing.js";
import { lastBoundary, boundaryAfter } from "../../src/sources/bytes/boundaries.js";
import { Holes } from "../../src/sources/bytes/holes.js";
import { openRegularFile } from "../../src/sources/bytes/open.js";
import { longestLineBytes } from "../../src/sources/file/plain-reader.js";
import { walk, type ReadPart } from "../../src/run/read.js";
import type { LineReader, LookBack, Position, Source } from "../../src/sources/source.js";
import { formatNotice } from "../../src/std/notice.js";
import { oddClassifier, type Oddity } from "../run/products.js";
import { lineOf, recordOf } from "../sources/records.js";
import { context, temporaryDirectory, wholeLog } from "../sources/reading.js";
import { needsTool } from "../support/tools.js";

const [MiB, GiB, TiB] = [2 ** 20, 2 ** 30, 2 ** 40];
/** As large as ext4 lets a file be. */
const huge = 15 * TiB;

interface Line {
  readonly text: string;
  readonly nulBytes: number;
  readonly trueLengthBytes: number;
}

interface Given {
  readonly lines: readonly Line[];
  readonly notices: readonly string[];
  readonly position: Position | undefined;
  /** The most that one read went through, and all of them together. */
  readonly mostBytes: number;
  readonly allBytes: number;
}

/** Reads as the walk does, and counts what the reader says it went through. */
async function read(reader: LineReader & { position?: () => Position }, maxReads = Infinity): Promise<Given> {
  const into = new Uint8Array(MiB);
  const lines: Line[] = [];
  let [mostBytes, allBytes] = [0, 0];
  for (let reads = 0; reads < maxReads; reads++) {
    const chunk = await reader.read(into);
    if (chunk.kind === "end") break;
    let readBytes = 0;
    if (chunk.kind === "long line") {
      const { bytes, trueLengthBytes, leadingNulBytes = 0 } = chunk;
      lines.push({
        text: Buffer.from(bytes).toString("latin1", 0, 60),
        nulBytes: leadingNulBytes,
        trueLengthBytes,
      });
    } else {
      readBytes = chunk.lengthBytes + (chunk.passedBytes ?? 0);
      const text = Buffer.from(into.subarray(0, chunk.lengthBytes)).toString("latin1");
      let start = 0;
      for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
        const nulBytes = chunk.leadingNulBytes?.get(start) ?? 0;
        lines.push({ text: line, nulBytes, trueLengthBytes: line.length });
        start += line.length;
      }
    }
    mostBytes = Math.max(mostBytes, readBytes);
    allBytes += readBytes;
  }
  const position = reader.position?.();
  const notices = reader.notices().map(formatNotice);
  await reader.close();
  return {
    lines,
    notices,
    position: position && (JSON.parse(JSON.stringify(position)) as Position),
    mostBytes,
    allBytes,
  };
}

const open = async (source: Source, from?: Position, maxReads = Infinity): Promise<Given> =>
  read(await source.open(from), maxReads);

describe("F35: no source starves the others", () => {
  const root = temporaryDirectory();
  const path = process.env.PATH;
  afterEach(() => {
    process.env.PATH = path;
  });
  const withoutPerl = (): void => {
    process.env.PATH = mkdtempSync(join(root, "empty-"));
  };
  const text = "the text\n";
  /** A file with pieces at places, and a size. */
  const sparse = (pieces: readonly (readonly [number, string])[], sizeBytes: number): string => {
    const file = join(mkdtempSync(join(root, "case-")), "own.log");
    writeFileSync(file, "");
    truncateSync(file, sizeBytes);
    const descriptor = openSync(file, "r+");
    for (const [place, piece] of pieces) writeSync(descriptor, piece, place);
    closeSync(descriptor);
    return file;
  };
  const plain = (content: string, nulBytes = 0): Line => ({
    text: content,
    nulBytes,
    trueLengthBytes: content.length,
  });

  describe("a hole", () => {
    before(function () {
      needsTool(this, "perl");
    });
    const cases: readonly (readonly [
      string,
      readonly (readonly [number, string])[],
      number,
      readonly Line[],
    ])[] = [
      ["that is all there is", [], huge, []],
      ["before a line", [[12 * TiB, text]], 12 * TiB + text.length, [plain(text, 12 * TiB)]],
      [
        "between two lines",
        [
          [0, "first\n"],
          [12 * TiB, text],
        ],
        12 * TiB + text.length,
        [plain("first\n"), plain(text, 12 * TiB - 6)],
      ],
      ["after a line", [[0, "first\n"]], huge, [plain("first\n")]],
      [
        "in many pieces",
        Array.from({ length: 50 }, (_, index): [number, string] => [index * 200 * GiB, text]),
        huge,
        Array.from({ length: 50 }, (_, index) => plain(text, index === 0 ? 0 : 200 * GiB - text.length)),
      ],
    ];
    for (const [what, pieces, sizeBytes, expected] of cases)
      it(`of terabytes ${what} is passed over, and what is written after it is read`, async () => {
        const file = sparse(pieces, sizeBytes);
        const first = await open(wholeLog(file));
        expect(first.lines).to.deep.equal(expected);
        expect(first.allBytes).to.be.below(200 * MiB);
        appendFileSync(file, "late\n");
        const second = await open(wholeLog(file), first.position);
        expect(second.lines.map((line) => line.text)).to.deep.equal(["late\n"]);
        expect(second.allBytes).to.be.below(40 * MiB);
        expect((await read(await openInput(file))).lines).to.deep.equal([...expected, ...second.lines]);
      });

    it("inside a line is passed over too, and the line is given once, cut", async () => {
      const file = sparse(
        [
          [0, "begun"],
          [12 * TiB, `ended\n${text}`],
        ],
        12 * TiB + 6 + text.length,
      );
      const { lines } = await open(wholeLog(file));
      expect(lines.map((line) => line.text.slice(0, 5))).to.deep.equal(["begun", text.slice(0, 5)]);
      expect(lines[0]?.trueLengthBytes).to.be.above(longestLineBytes);
    });

    for (const lookBack of [
      { kind: "all" },
      { kind: "none" },
      { kind: "bytes", bytes: 1000 },
      { kind: "duration", milliseconds: 3_600_000 },
    ] satisfies LookBack[])
      it(`costs no first run with ${JSON.stringify(lookBack)} anything`, async () => {
        for (const pieces of [[], [[0, "2026-11-22T11:59:00Z first\n"]]] as const) {
          const file = sparse(pieces, huge);
          const first = await open(wholeLog(file, { firstRun: lookBack }));
          appendFileSync(file, "late\n");
          const second = await open(wholeLog(file), first.position);
          expect(second.lines.map((line) => line.text)).to.deep.equal(["late\n"]);
        }
      });

    it("in process accounting is passed over, and told", async () => {
      const file = sparse([], 0);
      const record = (command: string) => recordOf({ command });
      writeFileSync(file, Buffer.concat([record("first"), record("second")]));
      truncateSync(file, 12 * TiB);
      appendFileSync(file, Buffer.concat([record("third"), record("fourth"), record("fifth")]));
      const source = accountingFile(file, { firstRun: { kind: "all" }, followLinks: false, context });
      const { lines, notices } = await open(source);
      const expected = ["first", "second", "third", "fourth", "fifth"].map((command) => lineOf({ command }));
      expect(lines.map((line) => line.text)).to.deep.equal(expected);
      expect(notices.join()).to.match(/NUL bytes in place of records: left out/);
    });

    for (const begins of ["", "2026-11-22T10:00:00Z first\n"])
      it(`in a log that was set back and begins with ${JSON.stringify(begins)} costs no search anything`, async () => {
        const file = sparse([[0, "2026-11-22T10:00:00Z first\n2026-11-22T11:00:00Z second\n"]], 0);
        const first = await open(wholeLog(file));
        writeFileSync(file, begins);
        truncateSync(file, 12 * TiB);
        appendFileSync(file, "2026-11-22T11:30:00Z third\n");
        const second = await open(wholeLog(file), first.position);
        expect(second.lines.map((line) => line.text)).to.deep.equal(["2026-11-22T11:30:00Z third\n"]);
        const third = await open(wholeLog(file), second.position);
        expect(third.lines).to.deep.equal([]);
      });

    it("in a copy of a log costs no comparison anything", async () => {
      const file = sparse(
        [
          [0, `first\n${"x".repeat(2000)}\n`],
          [12 * TiB, text],
        ],
        12 * TiB + text.length,
      );
      const first = await open(wholeLog(file));
      execFileSync("cp", ["--sparse=always", "--reflink=never", file, `${file}.1`], { timeout: 60_000 });
      truncateSync(file, 0);
      appendFileSync(file, "new\n");
      const second = await open(wholeLog(file), first.position);
      expect(second.lines.map((line) => line.text)).to.deep.equal(["new\n"]);
    });

    it("is known from either side", () => {
      const file = openRegularFile(
        sparse(
          [
            [0, "a\n"],
            [TiB, "b\n"],
            [3 * TiB, "c"],
          ],
          4 * TiB,
        ),
        false,
      );
      const holes = new Holes(file.descriptor, file.sizeBytes);
      expect(holes.dataAfter(0)).to.equal(0);
      for (const place of [100_000, TiB]) expect(holes.dataAfter(place)).to.equal(TiB);
      expect(holes.dataAfter(2 * TiB)).to.equal(3 * TiB);
      expect(holes.dataAfter(3 * TiB + MiB)).to.equal(4 * TiB);
      expect(holes.dataBefore(4 * TiB)).to.be.within(3 * TiB + 1, 3 * TiB + 65_536);
      expect(holes.dataBefore(3 * TiB)).to.be.within(TiB + 2, TiB + 65_536);
      expect(holes.dataBefore(1)).to.equal(1);
      const framing = lineFraming(() => undefined);
      expect(lastBoundary(file, file.sizeBytes, framing)).to.equal(TiB + 2);
      expect(boundaryAfter(file, framing, MiB)).to.equal(TiB + 2);
      closeSync(file.descriptor);
    });
  });

  it("a hole that cannot be passed over is read in steps, and each run goes on where the one before stopped", async () => {
    withoutPerl();
    const holeBytes = 200 * MiB;
    const file = sparse(
      [
        [0, "first\n"],
        [holeBytes, text],
      ],
      holeBytes + text.length,
    );
    const lines: Line[] = [];
    let position: Position | undefined;
    let [runs, allBytes] = [0, 0];
    while (lines.length < 2 && runs < 100) {
      const given: Given = await open(wholeLog(file), position, 2);
      expect(given.mostBytes).to.be.at.most(64 * MiB);
      lines.push(...given.lines);
      allBytes += given.allBytes;
      position = given.position;
      runs += 1;
    }
    expect(lines).to.deep.equal([plain("first\n"), plain(text, holeBytes - 6)]);
    expect(runs).to.be.above(2);
    expect(allBytes).to.be.at.most(holeBytes + 2 * MiB * runs);
  });

  it("a hole that somebody fills from its start is read from its start", async () => {
    withoutPerl();
    const file = sparse([[0, "first\n"]], 100 * MiB);
    const first = await open(wholeLog(file));
    const descriptor = openSync(file, "r+");
    writeSync(descriptor, "second\n", 6);
    closeSync(descriptor);
    const second = await open(wholeLog(file), first.position);
    expect(second.lines).to.deep.equal([plain("second\n")]);
  });

  it("a line without an end is given once, cut, and passed on from run to run until its end comes", async () => {
    const file = sparse([], 0);
    const block = Buffer.alloc(16 * MiB, "a");
    const descriptor = openSync(file, "a");
    writeSync(descriptor, "first\n");
    for (let written = 0; written <= longestLineBytes + 64 * MiB; written += block.length)
      writeSync(descriptor, block);
    const lines: Line[] = [];
    const notices: string[] = [];
    let position: Position | undefined;
    for (let runs = 0; runs < 4; runs++) {
      const given = await open(wholeLog(file), position, runs === 0 ? 11 : 2);
      expect(given.mostBytes).to.be.at.most(64 * MiB);
      lines.push(...given.lines);
      notices.push(...given.notices);
      position = given.position;
    }
    writeSync(descriptor, `the end\n${text}`);
    closeSync(descriptor);
    const last = await open(wholeLog(file), position);
    expect(last.lines).to.deep.equal([plain(text)]);
    expect(lines.map((line) => line.text.slice(0, 6))).to.deep.equal(["first\n", "aaaaaa"]);
    expect(lines[1]?.trueLengthBytes).to.be.above(longestLineBytes);
    expect(notices.join()).to.contain("its beginning is reported, the rest is passed over");
  });

  describe("the walk", () => {
    const walked = async (
      sources: readonly Source[],
      positions: ReadPart<Oddity>["positions"],
      bytes: number,
      milliseconds: number,
    ) => {
      const lines: string[] = [];
      const stored: ReadPart<Oddity>[] = [];
      const part = await walk<Oddity>({
        sources,
        classifier: oddClassifier(),
        collector: {
          accept({ bytes: line }) {
            lines.push(Buffer.from(line).toString());
            return "reported";
          },
        },
        positions,
        storeEveryBytes: 64 * MiB,
        store: (one) => stored.push(one),
        reportFilePath: () => "/nowhere",
        limits: { bytes, milliseconds },
      });
      return { lines, part, stored };
    };

    for (const [what, bytes, milliseconds] of [
      ["bytes", 2 * MiB, 1e9],
      ["time", 1e15, 0],
    ] as const)
      it(`gives each source its share of ${what}, names the rest, and reads it in the next run`, async () => {
        const large = sparse([], 0);
        const count = 400_000;
        writeFileSync(large, Array.from({ length: count }, (_, index) => `odd ${index}\n`).join(""));
        const other = sparse([[0, "odd other\n"]], 10);
        const sources = [wholeLog(large), wholeLog(other)];
        const lines: string[] = [];
        let positions: ReadPart<Oddity>["positions"] = {};
        let runs = 0;
        for (let isMore = true; isMore; runs++) {
          const { lines: given, part } = await walked(sources, positions, bytes, milliseconds);
          if (runs === 0) expect(given.at(-1)).to.equal("odd other\n");
          for (const line of given) if (line !== "odd other\n") lines.push(line);
          positions = JSON.parse(JSON.stringify(part.positions)) as typeof positions;
          const rest = part.notices.filter(({ what: said }) => said.includes("more than one run reads"));
          isMore = rest.length > 0;
          for (const notice of rest) {
            expect(notice).to.include({ where: large, isEvent: true });
            expect(notice.done).to.match(/^read \d+ bytes, the next run reads the other \d+ bytes$/);
          }
        }
        expect(runs).to.be.at.least(2);
        expect(lines).to.have.length(count);
        expect(lines.at(-1)).to.equal(`odd ${count - 1}\n`);
      });

    it("stores what it has while it reads a hole, and reads the other sources after it", async () => {
      withoutPerl();
      const file = sparse([], 300 * MiB);
      const other = sparse([[0, "odd other\n"]], 10);
      const { lines, part, stored } = await walked([wholeLog(file), wholeLog(other)], {}, 256 * MiB, 1e9);
      expect(lines).to.deep.equal(["odd other\n"]);
      expect(stored.length).to.be.at.least(3);
      expect(part.notices.map(({ what }) => what)).to.include("has more than one run reads of a source");
    });
  });
});
