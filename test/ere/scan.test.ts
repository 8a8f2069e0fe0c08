/** Scanning chunks: whatever the lines' lengths and wherever chunks end, each line gets its verdict, in order, once. */
import { expect } from "chai";
import { compilePatternSet, type LineScanner, type PatternSetOptions } from "../../src/ere/index.js";
import { expectLinear } from "../support/expect-linear.js";
import { randomStream } from "../support/seed.js";

const patterns = ["^a+ ", "b$", "c.*d", "^$", "(x)\\1", "\\bword\\b", "e {2,}f"].map((text) =>
  Buffer.from(text),
);
const plain: PatternSetOptions = { locale: "C", trimsTrailingSpace: true };

function scannerOf(options: PatternSetOptions): LineScanner {
  return compilePatternSet(patterns, options).set.scanner({ isSelected: () => true });
}

/** Each line with its patterns, scanned in one chunk. */
function scanned(scanner: LineScanner, text: Buffer): string[] {
  scanner.chunk.set(text);
  const { lineCount, selectedCount, starts, ends, matchSets } = scanner.scan(text.length);
  expect(lineCount).to.equal(selectedCount);
  return Array.from({ length: selectedCount }, (_, i) => {
    const line = Buffer.from(scanner.chunk.subarray(starts[i], ends[i]));
    return `${line.toString("latin1")}: ${scanner.matches(matchSets[i] ?? -1).join()}`;
  });
}

/** The same, one line at a time. */
function matchedOneByOne(text: Buffer): string[] {
  const scanner = scannerOf(plain);
  const lines = text.toString("latin1").match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return lines.map(
    (line) => `${line}: ${scanner.matches(scanner.matchLine(Buffer.from(line, "latin1"))).join()}`,
  );
}

function randomText(random: () => number, bytes: number, longestLine: number): Buffer {
  let text = "";
  while (text.length < bytes) {
    const length = Math.floor(random() * (longestLine + 1));
    for (let i = 0; i < length; i++) text += "aabbcdefx  \tword"[Math.floor(random() * 16)];
    text += "\n";
  }
  return Buffer.from(text);
}

for (const usesWebAssembly of [true, false])
  describe(usesWebAssembly ? "scanning in lanes" : "scanning plainly", () => {
    const options = { ...plain, usesWebAssembly };

    it("gives lines of all lengths their verdicts, in order", () => {
      const lines = Array.from({ length: 300 }, (_, length) => `${"a".repeat(length)} b\n`);
      const text = Buffer.from(lines.join(""));
      expect(scanned(scannerOf(options), text)).to.deep.equal(matchedOneByOne(text));
    });

    it("does not depend on where chunks end", () => {
      const text = randomText(randomStream(), 400, 20);
      const whole = matchedOneByOne(text);
      const scanner = scannerOf(options);
      for (let cut = text.indexOf("\n") + 1; cut > 0; cut = text.indexOf("\n", cut) + 1) {
        const parts = [text.subarray(0, cut), text.subarray(cut)];
        expect(parts.flatMap((part) => scanned(scanner, part))).to.deep.equal(whole);
      }
    });

    it("counts what follows the last newline as a line, wherever it is torn", () => {
      const text = Buffer.from("aa \nccd\nword b  \n\nxx e  f and more");
      for (let length = 0; length <= text.length; length++) {
        const torn = text.subarray(0, length);
        expect(scanned(scannerOf(options), torn)).to.deep.equal(matchedOneByOne(torn));
      }
    });

    it("leaves the bytes after a torn line alone", () => {
      const scanner = scannerOf(options);
      scanner.chunk.set(Buffer.from("abcdef"));
      scanner.scan(3);
      expect(Buffer.from(scanner.chunk.subarray(0, 6)).toString()).to.equal("abcdef");
    });

    it("tells lines apart whose first eight bytes are the same, or nearly", () => {
      // The lanes remember how a line began: what they take for a beginning must not outlive it, or swallow newlines.
      const beginnings = [
        "aaaaaaa b",
        "aaaaaaaa",
        "aaaaaaaab",
        "aaaaaaac",
        "\xff".repeat(8),
        "\n".repeat(9),
        "\0".repeat(8),
      ];
      const random = randomStream();
      const pick = (texts: readonly string[]) => texts[Math.floor(random() * texts.length)] ?? "";
      let text = "";
      while (text.length < 100_000)
        text += `${pick(beginnings).repeat(random() < 0.1 ? 20 : 1)}${pick(["", "b", " d", "cd"])}\n`;
      const bytes = Buffer.from(text, "latin1");
      const scanner = scannerOf(options);
      const expected = matchedOneByOne(bytes);
      for (let round = 0; round < 2; round++) expect(scanned(scanner, bytes)).to.deep.equal(expected);
    });

    it("takes chunks of nothing but newlines, of one line, and of no line", () => {
      for (const text of ["\n".repeat(5000), `${"c".repeat(100_000)}d\n`, "", "x"])
        expect(scanned(scannerOf(options), Buffer.from(text))).to.deep.equal(
          matchedOneByOne(Buffer.from(text)),
        );
    });

    it("fills the chunk to its last byte", () => {
      const scanner = scannerOf(options);
      const text = Buffer.alloc(scanner.chunk.length, "ab\n");
      expect(scanned(scanner, text).length).to.equal(Math.ceil(text.length / 3));
    });

    it("counts each line once, selected or not", () => {
      const random = randomStream();
      const text = randomText(random, 50_000, 60);
      const scanner = compilePatternSet(patterns, options).set.scanner({
        isSelected: (its) => its.length === 2,
      });
      scanner.chunk.set(text);
      const { lineCount, selectedCount } = scanner.scan(text.length);
      const counts = [...scanner.takeCounts()];
      const total = (chosen: typeof counts) => chosen.reduce((sum, [, count]) => sum + count, 0);
      expect(lineCount).to.equal(matchedOneByOne(text).length);
      expect(total(counts)).to.equal(lineCount);
      expect(total(counts.filter(([id]) => scanner.matches(id).length === 2))).to.equal(selectedCount);
    });

    it("counts only the lines since the counts were last taken", () => {
      const scanner = compilePatternSet(patterns, options).set.scanner({ isSelected: () => false });
      const text = randomText(randomStream(), 50_000, 60);
      const scan = (): number => {
        scanner.chunk.set(text);
        return scanner.scan(text.length).lineCount;
      };
      const lineCount = scan();
      const once = [...scanner.takeCounts()];
      expect([...scanner.takeCounts()]).to.deep.equal([]);
      expect([scan(), scan()]).to.deep.equal([lineCount, lineCount]);
      scanner.matchLine(Buffer.from("no such line \x00"));
      const id = scanner.matchLine(Buffer.from("no such line \x00"));
      const again = scanner.takeCounts();
      for (const [set, lines] of once)
        expect(again.get(set), `${set}`).to.equal(2 * lines + (set === id ? 2 : 0));
      expect([...scanner.takeCounts()]).to.deep.equal([]);
    });

    it("asks once for each match set whether it is selected", () => {
      const asked: string[] = [];
      const { set } = compilePatternSet(patterns, options);
      const scanner = set.scanner({ isSelected: (its) => asked.push(its.join()) > 0 });
      for (let i = 0; i < 3; i++) scanned(scanner, Buffer.from("aa \nb\nxx\naa b\n"));
      expect(new Set(asked).size).to.equal(asked.length);
    });

    it("comes to the same with room for only a few states", () => {
      const text = randomText(randomStream(), 20_000, 80);
      expect(scanned(scannerOf({ ...options, mostStates: 8 }), text)).to.deep.equal(matchedOneByOne(text));
    });
  });

describe("long lines", () => {
  it("of 1 MiB without a newline are matched in linear time", async () => {
    const scanner = scannerOf(plain);
    const matching = (size: number) => {
      const line = Buffer.alloc(size, "abcx  word ");
      return () => expect(scanner.matches(scanner.matchLine(line))).to.include(5);
    };
    await expectLinear("a long line", matching, 1 << 18);
  });
});

describe("patterns that are in thousands of places at once", () => {
  it("have bounded memory, and match as they should", () => {
    const text = Buffer.from("^(a{0,80}){0,80}$");
    const { set } = compilePatternSet([text], plain);
    const scanner = set.scanner({ isSelected: () => true });
    const before = process.memoryUsage().arrayBuffers;
    const matches = (length: number) => scanner.matches(scanner.matchLine(Buffer.alloc(length, "a"))).length;
    expect([matches(0), matches(6_400)]).to.deep.equal([1, 1]);
    // 8 Mi nodes are 34 MB. What the pool has outgrown waits for the collector beside it.
    expect(process.memoryUsage().arrayBuffers - before).to.be.lessThan(200e6);
  });
});
