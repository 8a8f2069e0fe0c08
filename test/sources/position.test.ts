/** Every form in which the position of a log was ever stored is read. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { positionAt } from "../../src/sources/file/position-at.js";
import { describeFilePosition, positionOf, segmentsIn } from "../../src/sources/file/position.js";
import type { Position } from "../../src/sources/source.js";
import { run, temporaryDirectory, wholeLog } from "./reading.js";

const text = "one\ntwo\nthree\n";

describe("the position in a log file", () => {
  const root = temporaryDirectory();
  let path: string;
  beforeEach(() => {
    path = join(mkdtempSync(join(root, "case-")), "app.log");
    writeFileSync(path, text);
  });

  it("is stored as segments", async () => {
    const { position } = await run(wholeLog(path));
    expect(Object.keys(position)).to.deep.equal(["kind", "segments", "lines"]);
    expect(position.kind).to.equal("offset");
  });

  it("is read where it was stored as generations, as before version 0.1.0", async () => {
    const { position } = await run(wholeLog(path), undefined, { bufferBytes: 8, maxReads: 1 });
    const segments = segmentsIn(position);
    const stored = { kind: "offset", generations: segments };
    const { lines, notices } = await run(wholeLog(path), stored);
    expect([lines, notices]).to.deep.equal([["three\n"], []]);
    expect(describeFilePosition(stored)).to.equal("8 bytes");
  });

  it("counts the rotated files beside the bytes of the log", () => {
    const [segment] = positionAt(path, 4)?.segments ?? [];
    if (!segment) throw new Error("expected a segment");
    expect(describeFilePosition(positionOf([segment, segment, segment]))).to.equal("4 bytes, and 2 rotated");
  });

  for (const [what, offsetBytes, rest] of [
    ["at the start", 0, ["one\n", "two\n", "three\n"]],
    ["after a line", 4, ["two\n", "three\n"]],
    ["inside a line, which is read again", 6, ["two\n", "three\n"]],
    ["at the end", text.length, []],
  ] as const)
    it(`can be made ${what}`, async () => {
      expect((await run(wholeLog(path), positionAt(path, offsetBytes))).lines).to.deep.equal(rest);
    });

  it("cannot be made after the end of the file", () => {
    expect(positionAt(path, text.length + 1)).to.equal(undefined);
  });

  for (const [what, lines] of [
    ["nothing", undefined],
    ["no digests", { salt: "salt" }],
    ["a digest that is cut", { salt: "salt", sparse: "", dense: "AAAA" }],
    ["more than there may be", { salt: "salt", sparse: "", dense: "A".repeat(100_000) }],
    ["a salt of any length", { salt: "salt".repeat(100), sparse: "", dense: "" }],
    ["a number", 7],
  ] as const)
    it(`is read on where ${what} is stored of its lines`, async () => {
      const { position } = await run(wholeLog(path), undefined, { bufferBytes: 8, maxReads: 1 });
      const given = await run(wholeLog(path), { ...position, lines } as Position);
      expect([given.lines, given.notices]).to.deep.equal([["three\n"], []]);
    });

  const segment = {
    device: 1,
    inode: 2,
    birthtimeMs: 3,
    offsetBytes: 4,
    head: { lengthBytes: 0, sha256: "" },
    tail: { lengthBytes: 0, sha256: "" },
  };
  for (const [what, stored] of [
    ["nothing", undefined],
    ["no list", segment],
    ["a segment without an offset", [{ ...segment, offsetBytes: undefined }]],
    ["a segment without a tail", [{ ...segment, tail: null }]],
    ["a segment whose time is a number", [{ ...segment, rotatedSince: 7 }]],
    ["a segment that knows of less than nothing", [{ ...segment, knownUntilBytes: -1 }]],
    ["a segment that is none", [segment, "segment"]],
  ] as const)
    it(`is none where ${what} is stored in place of the segments`, () => {
      expect(segmentsIn({ kind: "offset", segments: [segment] } as Position)).to.have.length(1);
      expect(segmentsIn({ kind: "offset", segments: stored } as Position)).to.equal(undefined);
    });
});
