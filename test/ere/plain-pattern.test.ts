/** Patterns that are known to be plain are what the grammar makes of them: not refused, one sequence, alike in both locales. */
import { expect } from "chai";
import { PatternReader, needsVerification } from "../../src/ere/syntax/pattern-reader.js";
import { isPlainPattern } from "../../src/ere/syntax/plain-pattern.js";
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
    return checked.dialectsDisagree || needsVerification(checked, locale) ? "needs verification" : "";
  } catch (fault) {
    return String(fault);
  }
}

describe("a plain pattern", () => {
  it("holds no surprise", () => {
    const random = randomStream();
    const surprises: string[] = [];
    let plainCount = 0;
    for (let round = 0; round < 200_000; round++) {
      let ere = "";
      for (let left = 1 + Math.floor(9 * random()); left > 0; left--)
        ere += pieces[Math.floor(random() * pieces.length)] ?? "";
      if (!isPlainPattern(ere)) continue;
      plainCount++;
      for (const locale of ["C", "UTF-8"] as const) {
        const surprise = surpriseIn(ere, locale);
        if (surprise !== "") surprises.push(`${ere}: ${surprise}`);
      }
    }
    expect(surprises.join("\n")).to.equal("");
    expect(plainCount).to.be.greaterThan(10_000);
  });

  it("is most of what rules are made of", () => {
    const rules = [
      "^\\w{3} [ :[:digit:]]{11} [._[:alnum:]-]+ sshd\\[[0-9]+\\]: (a|b( c)?)$",
      "x{7,15}",
      "[]a-]",
      "[:.[:xdigit:]]+",
    ];
    expect(rules.filter((rule) => !isPlainPattern(rule))).to.deep.equal([]);
  });

  it("takes linear time to turn down", async () => {
    const turningDown = (count: number) => {
      const ere = `${"(a*)*".repeat(count)}\\1`;
      return () => expect(isPlainPattern(ere)).to.equal(false);
    };
    await expectLinear("stars in stars", turningDown, 1_250);
  });
});
