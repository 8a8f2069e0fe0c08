/** What groups matched: as JavaScript finds it where both mean the same, bounded on whatever a line holds. */
import { expect } from "chai";
import { groupFinder } from "../../src/ere/index.js";
import { randomStream } from "../support/seed.js";

/** The groups' texts, by number; "-" where a group took no part. */
function groupsOf(
  pattern: string,
  line: string,
  locale: "C" | "UTF-8" = "UTF-8",
): readonly string[] | undefined {
  const bytes = Buffer.from(line);
  const finder = groupFinder(Buffer.from(pattern), { locale, trimsTrailingSpace: true });
  const found = finder?.find(bytes);
  if (!finder || !found) return undefined;
  return Array.from({ length: finder.groupCount }, (_, index) => {
    const span = found.get(index + 1);
    return span ? bytes.subarray(span.start, span.end).toString() : "-";
  });
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

  it("are given up after a bounded number of steps", () => {
    const finder = groupFinder(Buffer.from("^(a*)*(b*)*\\1c$"), { locale: "C", trimsTrailingSpace: true });
    expect(finder?.find(Buffer.from("a".repeat(3000)))).to.equal(undefined);
  });
});
