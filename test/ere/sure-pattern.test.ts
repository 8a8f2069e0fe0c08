/** Patterns that are sure at a glance are what the reader makes of them: not refused, plain, alike in both locales. */
import { expect } from "chai";
import { PatternReader, needsVerification } from "../../src/ere/syntax/pattern-reader.js";
import { isSurePattern } from "../../src/ere/syntax/sure-pattern.js";
import { expectLinear } from "../support/expect-linear.js";
import { randomStream } from "../support/seed.js";

/** All that has a meaning somewhere, to be thrown together. */
const pieces = [
  "abz09A:-][^$()|*+?{},\\.'` =/_\x80".split(""),
  ["{2}", "{1,2}", "{2,1}", "{10,20}", "{20,10}", "[[:alpha:]]", "[:alpha:]", "[^", "[:", "a-z", "0-9"],
  ["z-a", "\\w", "\\.", "\\b", "\\<", "\\1", "\xc3\xa9", "[=a=]", "[.a.]"],
].flat();

/** Why the pattern should not have been taken; "" where it was rightly. */
function surpriseIn(ere: string, locale: "C" | "UTF-8"): string {
  try {
    const checked = new PatternReader(locale).check(Buffer.from(ere, "latin1"), 0);
    if (!checked.isPlainSequence) return "is no plain sequence";
    return checked.dialectsDisagree || needsVerification(checked, locale) ? "features a second look" : "";
  } catch (fault) {
    return String(fault);
  }
}

describe("a sure pattern", () => {
  it("holds no surprise", () => {
    const random = randomStream();
    const surprises: string[] = [];
    let sureCount = 0;
    for (let round = 0; round < 200_000; round++) {
      let ere = "";
      for (let left = 1 + Math.floor(9 * random()); left > 0; left--)
        ere += pieces[Math.floor(random() * pieces.length)] ?? "";
      if (!isSurePattern(ere)) continue;
      sureCount++;
      for (const locale of ["C", "UTF-8"] as const) {
        const surprise = surpriseIn(ere, locale);
        if (surprise !== "") surprises.push(`${ere}: ${surprise}`);
      }
    }
    expect(surprises.join("\n")).to.equal("");
    expect(sureCount).to.be.greaterThan(10_000);
  });

  it("is most of what rules are made of", () => {
    const rules = [
      "^\\w{3} [ :[:digit:]]{11} [._[:alnum:]-]+ sshd\\[[0-9]+\\]: (a|b( c)?)$",
      "x{7,15}",
      "[]a-]",
      "[:.[:xdigit:]]+",
    ];
    expect(rules.filter((rule) => !isSurePattern(rule))).to.deep.equal([]);
  });

  it("takes linear time to turn down", async () => {
    const turningDown = (count: number) => {
      const ere = `${"(a*)*".repeat(count)}\\1`;
      return () => expect(isSurePattern(ere)).to.equal(false);
    };
    await expectLinear("stars in stars", turningDown, 1_250);
  });
});
