import { expect } from "chai";
import { compilePatternSet } from "../../src/ere/index.js";

/** A line that a rule with a back-reference ignored was looked at again, found ignored, and selected all the same. */
describe("a line that is verified to be ignored", () => {
  it("is counted and not selected", () => {
    const patterns = ["(n).*\\1", "x$"].map((text) => Buffer.from(text));
    const { set } = compilePatternSet(patterns, { locale: "C", trimsTrailingSpace: true });
    const scanner = set.scanner({ isSelected: (matches) => matches.length === 0 });
    const lines = Buffer.from("foo\nnan\nbar x\nna\n");
    scanner.chunk.set(lines);
    const { lineCount, selectedCount, starts } = scanner.scan(lines.length);
    expect(lineCount).to.equal(4);
    expect([...starts.subarray(0, selectedCount)].toSorted((a, b) => a - b)).to.deep.equal([0, 14]);
    expect([...scanner.takeCounts().values()].reduce((sum, count) => sum + count)).to.equal(4);
  });
});
