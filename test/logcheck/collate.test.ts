/** The order and the trimming of lines, compared with sort and sed. */
import { spawnSync } from "node:child_process";
import { expect } from "chai";
import fc from "fast-check";
import { collate } from "../../src/logcheck/report/collate.js";
import { systemSort } from "../../src/logcheck/tools/host-tools.js";
import { trimmedLengthBytes } from "../../src/logcheck/report/trim-line.js";
import { isLong, seed } from "../support/seed.js";
import { needsTool } from "../support/tools.js";

const localeNames = { C: "C", "UTF-8": "C.UTF-8" } as const;

function outputOf(command: string, words: readonly string[], input: Uint8Array, locale: string): Buffer {
  const run = spawnSync(command, words, {
    input,
    env: { PATH: "/usr/bin:/bin", LC_ALL: locale },
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(`${command}: ${run.stderr.toString()}`);
  return run.stdout;
}

/** Fragments that matter to sort: blanks, fields, bytes above 127, and Unicode's white space. */
const fragment = fc.constantFrom(
  "Nov",
  "Jan",
  "a",
  "B",
  "1",
  "10",
  " ",
  "  ",
  "\t",
  "\r",
  "\v",
  "\0",
  "é",
  "\u2003",
  "\u00a0",
  "\u3000",
  "_",
  "-",
);
const bytes = fc.oneof(
  { weight: 9, arbitrary: fragment.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.constantFrom(0xff, 0x80, 0xe2).map((byte) => Buffer.of(byte)) },
);
const lines = fc.array(
  fc.array(bytes, { maxLength: 8 }).map((parts) => Buffer.concat(parts)),
  { maxLength: 12 },
);

describe("the order of lines", () => {
  for (const characters of ["C", "UTF-8"] as const)
    for (const isUnique of [false, true])
      it(`is that of sort ${isUnique ? "-u" : "-k 1,3 -s"}, trimmed as by sed, in ${characters}`, function () {
        needsTool(this, "sort", "sed");
        this.timeout(isLong ? 600_000 : 60_000);
        fc.assert(
          fc.property(lines, (list) => {
            const ours = collate(list, isUnique, { characters, order: "bytes" }, systemSort);
            const input = Buffer.concat(list.flatMap((line) => [line, Buffer.from("\n")]));
            const sorted = outputOf(
              "sort",
              isUnique ? ["-u"] : ["-k", "1,3", "-s"],
              input,
              localeNames[characters],
            );
            const theirs = outputOf("sed", ["-e", "s/[[:space:]]\\+$//"], sorted, localeNames[characters]);
            expect(ours.map((line) => `${Buffer.from(line).toString("latin1")}\n`).join("")).to.equal(
              theirs.toString("latin1"),
            );
          }),
          { seed, numRuns: isLong ? 5000 : 150 },
        );
      });

  it("is the system's where the locale has an order of its own", function () {
    needsTool(this, "sort");
    const list = ["b", "a", "c"].map((text) => Buffer.from(text));
    const ours = collate(list, false, { characters: "UTF-8", order: "sort" }, systemSort);
    expect(ours.map((line) => Buffer.from(line).toString())).to.deep.equal(["a", "b", "c"]);
  });
});

describe("trailing white space", () => {
  for (const characters of ["C", "UTF-8"] as const)
    it(`is what sed cuts, for every character, in ${characters}`, function () {
      needsTool(this, "sed");
      this.timeout(60_000);
      const codePoints = Array.from({ length: 0x110000 }, (_, codePoint) => codePoint).filter(
        (codePoint) => codePoint !== 0x0a && (codePoint < 0xd800 || codePoint > 0xdfff),
      );
      const ends = codePoints.map((codePoint) => Buffer.from(`x${String.fromCodePoint(codePoint)}`));
      const input = Buffer.concat(ends.flatMap((line) => [line, Buffer.from("\n")]));
      const theirs = outputOf("sed", ["-e", "s/[[:space:]]\\+$//"], input, localeNames[characters]);
      const ours = ends.flatMap((line) => [
        line.subarray(0, trimmedLengthBytes(line, characters)),
        Buffer.from("\n"),
      ]);
      expect(Buffer.concat(ours).equals(theirs)).to.equal(true);
    });
});
