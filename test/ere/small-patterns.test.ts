/** All small patterns over all short lines: the automata agree with a matcher that tries everything. */
import { expect } from "chai";
import { compilePatternSet } from "../../src/ere/index.js";
import { PatternReader } from "../../src/ere/syntax/pattern-reader.js";
import { isLong } from "../support/seed.js";
import { matchesSomewhere } from "./oracle/backtracking.js";

const tokens = ["a", "b", ".", "*", "+", "?", "|", "(", ")", "^", "$", "{2}", "{0,1}"];
const longestPattern = isLong ? 6 : 4;
const longestLine = 4;

function allTexts(alphabet: readonly string[], longest: number): string[] {
  let last = [""];
  const all = [""];
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((text) => alphabet.map((token) => text + token));
    all.push(...last);
  }
  return all;
}

describe("small patterns", function () {
  this.timeout(isLong ? 0 : 60_000);

  it(`of up to ${longestPattern} tokens match what trying everything finds`, () => {
    const lines = allTexts(["a", "b"], longestLine).map((text) => Buffer.from(text));
    const patterns = allTexts(tokens, longestPattern).map((text) => Buffer.from(text));
    const reader = new PatternReader("C");
    const batchSize = 64;
    for (let from = 0; from < patterns.length; from += batchSize) {
      const batch = patterns.slice(from, from + batchSize);
      const { set, errors } = compilePatternSet(batch, { locale: "C", trimsTrailingSpace: false });
      const refused = new Set(errors.map(({ index }) => index));
      const scanner = set.scanner({ isSelected: () => false });
      const matched = lines.map((line) => new Set(scanner.matches(scanner.matchLine(line))));
      batch.forEach((pattern, index) => {
        if (refused.has(index)) return;
        const { tree } = reader.whole(reader.check(pattern, index));
        const wrong = lines.findIndex((line, i) => matchesSomewhere(tree, line) !== matched[i]?.has(index));
        if (wrong !== -1) expect.fail(`"${pattern.toString()}" on "${lines[wrong]?.toString()}"`);
      });
    }
  });
});
