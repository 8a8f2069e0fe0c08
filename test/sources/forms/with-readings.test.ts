/** Readings beside the lines of a reader: its lines, its positions and its notices stay its own. */
import { expect } from "chai";
import { withReadings } from "../../../src/sources/forms/with-readings.js";
import type { ResumableReader } from "../../../src/sources/source.js";
import type { Chunk } from "../../../src/std/chunk.js";

const notices = [{ where: "app.log", what: "shrank", done: "reading again" }];

/** A reader whose state is its own: it must be asked as itself. */
class Reader implements ResumableReader {
  isClosed = false;
  private readonly chunks: Chunk[];

  constructor(...chunks: Chunk[]) {
    this.chunks = chunks;
  }

  async read(into: Uint8Array): Promise<Chunk> {
    into.set(Buffer.from("one\ntwo\n"));
    return this.chunks.shift() ?? { kind: "end" };
  }
  notices() {
    return this.isClosed ? [] : notices;
  }
  position() {
    return { kind: `offset, ${this.chunks.length} to come` };
  }
  unreadBytes() {
    return this.chunks.length;
  }
  async close() {
    this.isClosed = true;
  }
}

const long = (trueLengthBytes: number): Chunk => ({
  kind: "long line",
  bytes: Buffer.from("long\n"),
  trueLengthBytes,
});
const shouting = {
  read: (chunk: Uint8Array) =>
    Buffer.from(chunk)
      .toString("latin1")
      .trimEnd()
      .split("\n")
      .map((line) => (line === "two" ? undefined : line.toUpperCase())),
};

describe("a reader with readings", () => {
  it("gives its lines as they are, each with what it reads as", async () => {
    const into = new Uint8Array(64);
    const reader = withReadings(new Reader({ kind: "lines", lengthBytes: 8, passedBytes: 3 }), shouting);
    const readAs = [Buffer.from("ONE"), undefined];
    expect(await reader.read(into)).to.deep.equal({ kind: "lines", lengthBytes: 8, passedBytes: 3, readAs });
    expect(Buffer.from(into.subarray(0, 8)).toString()).to.equal("one\ntwo\n");
    expect(await reader.read(into)).to.deep.equal({ kind: "end" });
  });

  it("gives a chunk without readings as it is", async () => {
    const reader = withReadings(new Reader({ kind: "lines", lengthBytes: 8 }), { read: () => undefined });
    expect(await reader.read(new Uint8Array(64))).to.deep.equal({ kind: "lines", lengthBytes: 8 });
  });

  it("reads a long line, but not what is left of one that was cut", async () => {
    const reader = withReadings(new Reader(long(5), long(6)), shouting);
    expect(await reader.read(new Uint8Array(64))).to.deep.equal({ ...long(5), readAs: Buffer.from("LONG") });
    expect(await reader.read(new Uint8Array(64))).to.deep.equal(long(6));
  });

  it("has the reader's position, what is left of it, and its notices", async () => {
    const plain = new Reader({ kind: "lines", lengthBytes: 8 });
    const reader = withReadings(plain, shouting);
    expect(reader.position()).to.deep.equal({ kind: "offset, 1 to come" });
    expect(reader.unreadBytes?.()).to.equal(1);
    expect(reader.notices()).to.equal(notices);
    await reader.close();
    expect(plain.isClosed).to.equal(true);
  });
});
