/** What groups matched: as JavaScript finds it where both mean the same, bounded on whatever a line holds. */
import { expect } from "chai";
import { groupFinder, patternParser } from "../../src/ere/index.js";
import { groupExpression } from "../../src/ere/scan/group-expression.js";
import { randomStream } from "../support/seed.js";

/** The groups' texts, by number; "-" where a group took no part. Both ways to find them must agree. */
function groupsOf(
  pattern: string,
  line: string,
  locale: "C" | "UTF-8" = "UTF-8",
): readonly string[] | undefined {
  const [groups, slowly] = [true, false].map((usesExpression) => {
    const options = { locale, trimsTrailingSpace: true, usesExpression };
    const found = groupFinder(Buffer.from(pattern), options)?.find(Buffer.from(line));
    return found?.map((text) => (text === undefined ? "-" : Buffer.from(text, "latin1").toString()));
  });
  expect(groups, `${pattern} on "${line}"`).to.deep.equal(slowly);
  return groups;
}

const cases: readonly (readonly [string, string, readonly string[] | undefined])[] = [
  ["^a(b+)c$", "abbc", ["bb"]],
  ["b(.)", "abc", ["c"]],
  ["^(a|ab)(c|bcd)$", "abcd", ["a", "bcd"]],
  ["^x(y)?z$", "xz", ["-"]],
  ["^(([a-z]+)-)+$", "ab-cd-", ["cd-", "cd"]],
  ["^\\((.*)\\) CMD \\((.*)\\)$", "(root) CMD (echo (a) CMD (b))", ["root) CMD (echo (a", "b)"]],
  ["^(é)(.)$", "éü", ["é", "ü"]],
  ["^([a-z]+)=\\1$", "ab=ab", ["ab"]],
  ["^\\<(a)\\>", "a b", ["a"]],
  ["^(a)$", "a \t\r", ["a"]],
  ["^(a)$", "b", undefined],
  ["(", "a", undefined],
  ["^ab$", "ab", []],
];

describe("groups", () => {
  for (const [pattern, line, groups] of cases)
    it(`${pattern} on "${line}"`, () => {
      expect(groupsOf(pattern, line)).to.deep.equal(groups);
    });

  it("are those that JavaScript finds, for patterns that mean the same to both", () => {
    const random = randomStream();
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
    const atom = (depth: number): string => {
      const kind = random();
      if (depth === 0 || kind < 0.5) return pick(["a", "b", "[ab]", ".", "[^a]"]);
      return `(${sequence(depth - 1)}${random() < 0.3 ? `|${sequence(depth - 1)}` : ""})`;
    };
    const sequence = (depth: number): string =>
      Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
        const text = atom(depth);
        // A group that is repeated and can be empty is where the two differ.
        return text.startsWith("(") ? text : text + pick(["", "", "*", "+", "?", "{1,2}"]);
      }).join("");
    for (let round = 0; round < 2000; round++) {
      const pattern = `^${sequence(2)}$`;
      const line = Array.from({ length: Math.floor(random() * 8) }, () => pick(["a", "b", "c"])).join("");
      const expected = new RegExp(pattern).exec(line);
      expect(groupsOf(pattern, line), `${pattern} on "${line}"`).to.deep.equal(
        expected ? [...expected].slice(1).map((text: string | undefined) => text ?? "-") : undefined,
      );
    }
  });

  const expressions: readonly (readonly [string, boolean])[] = [
    ["^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ CRON\\[[0-9]+\\]: \\(([^ )]+)\\) CMD \\((.*)\\)$", true],
    ["^([a-z]+)( [a-z]+)*\\.$", true],
    ["^(a|ab)(c|bcd)$", true],
    ["^(.*) x (.*) y$", true],
    ["^(.*) x (.*) y (.*)$", false],
    ["^([-./a-z]*[a-z]) (/[-./a-z]*/)?su: (.*)$", true],
    ["^[ab]{0,30}[ab]{0,30}[ab]{0,30}[ab]{0,30}c", false],
    ["^(([a-z]+ ?)+)$", false],
    ["^((a|aa)*)$", false],
    ["^((a*)b?)*$", false],
    ["^(a)\\1$", false],
    ["^\\<(a)", false],
  ];
  for (const [pattern, isPut] of expressions)
    it(`${isPut ? "are" : "are not"} found by JavaScript's own expressions in ${pattern}`, () => {
      const tree = patternParser("UTF-8")(Buffer.from(pattern));
      expect(tree && groupExpression(tree) !== undefined).to.equal(isPut);
    });

  it("are given up after a bounded number of steps", () => {
    const finder = groupFinder(Buffer.from("^(a*)*(b*)*\\1c$"), { locale: "C", trimsTrailingSpace: true });
    expect(finder?.find(Buffer.from("a".repeat(3000)))).to.equal(undefined);
  });
});
