/** What is remembered of lines stays bounded, and reaches the further back the coarser it is. */
import { expect } from "chai";
import { lineFraming } from "../../src/sources/bytes/framing.js";
import { RecentLines } from "../../src/sources/file/recent-lines.js";
import { denseDigests, isLineDigests, sparseDigests } from "../../src/sources/rotation/known/line-digests.js";
import { digestOf } from "../../src/sources/rotation/known/line-history.js";
import { isoTimestampOf } from "./reading.js";

const framing = lineFraming(isoTimestampOf);

function line(number: number): Buffer {
  return Buffer.from(`${new Date(number * 1000).toISOString()} line ${number}\n`);
}

function lines(from: number, to: number): Buffer {
  return Buffer.concat(Array.from({ length: to - from }, (_, index) => line(from + index)));
}

/** Adds lines in chunks, and says what is stored after so many chunks each. */
function remember(most: number, chunks: readonly Buffer[], chunksPerPosition: number) {
  const recent = new RecentLines(undefined, framing, most);
  for (const [index, bytes] of chunks.entries()) {
    recent.add({ kind: "lines", lengthBytes: bytes.length }, bytes);
    if (index % chunksPerPosition === 0) recent.stored();
  }
  return recent.stored();
}

describe("the lines that were read last", () => {
  const chunks = Array.from({ length: 200 }, (_, index) => lines(index * 100, (index + 1) * 100));
  for (const most of [64, 1000, 4096])
    for (const [what, pieces, each] of [
      ["a position after each chunk", chunks, 1],
      ["a position after some chunks", chunks, 7],
      ["one chunk and one position", [Buffer.concat(chunks)], 1],
      ["one position", chunks, 1000],
    ] as const)
      it(`have a digest each, up to ${most}, with ${what}`, () => {
        const stored = remember(most, pieces, each);
        expect(isLineDigests(stored)).to.equal(true);
        const dense = denseDigests(stored.dense);
        expect(dense.length).to.be.within(most / 2, most);
        const expected = Array.from({ length: dense.length }, (_, index) =>
          line(20_000 - dense.length + index),
        );
        expect(dense).to.deep.equal(expected.map((one) => digestOf(stored.salt, one)));
        expect(sparseDigests(stored.sparse)).to.have.length.within(1, 300);
        expect(stored.isCut).to.equal(true);
      });

  it("have none as long as none of them states a time", () => {
    const stored = remember(4096, [Buffer.from("starting\nlistening\n".repeat(50))], 1);
    expect([stored.sparse, stored.dense]).to.deep.equal(["", ""]);
  });

  it("have other digests in each position", () => {
    const [one, other] = [remember(64, [line(1)], 1), remember(64, [line(1)], 1)];
    expect(one.dense).not.to.equal(other.dense);
  });

  it("have none when they are longer than 64 KiB or have no end", () => {
    const long = Buffer.from(`${new Date(2000).toISOString()}${"x".repeat(70_000)}\n`);
    const pieces = [Buffer.concat([line(1), long, line(3)]), Buffer.from("2026-11-22T00:00:00Z unfinished")];
    const stored = remember(4096, pieces, 1);
    expect(denseDigests(stored.dense)).to.deep.equal(
      [line(1), line(3)].map((one) => digestOf(stored.salt, one)),
    );
  });

  it("are at most a sixteenth of their age apart where they have no digest each", () => {
    const recent = new RecentLines(undefined, framing, 4096);
    for (let number = 0; number < 500_000; number += 5000) {
      const bytes = lines(number, number + 5000);
      recent.add({ kind: "lines", lengthBytes: bytes.length }, bytes);
      recent.stored();
    }
    const { salt, sparse } = recent.stored();
    const numbers = new Map(
      Array.from({ length: 500_000 }, (_, number) => [digestOf(salt, line(number)), number]),
    );
    const ages = sparseDigests(sparse).map(({ digest }) => 500_000 - (numbers.get(digest) ?? NaN));
    for (const [index, age] of ages.entries())
      expect(age - (ages[index + 1] ?? 4096)).to.be.below(16 + age / 16);
    expect(ages[0]).to.be.above(450_000);
  });
});
