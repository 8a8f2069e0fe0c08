/** Patterns that nested intervals make too large: each is off alone and named, and costs no other pattern its effect. */
import { expect } from "chai";
import { compilePatternSet, type Compilation } from "../../src/ere/index.js";

function compiled(...patterns: string[]): Compilation {
  return compilePatternSet(
    patterns.map((pattern) => Buffer.from(pattern)),
    { locale: "C", trimsTrailingSpace: true },
  );
}

function matchesOf({ set }: Compilation, line: string): readonly number[] {
  const scanner = set.scanner({ isSelected: () => true });
  return scanner.matches(scanner.matchLine(Buffer.from(line)));
}

/** With the column of the first interval that repeats others. */
const tooLarge: readonly (readonly [string, number])[] = [
  ["((a{0,255}){0,255}){0,255}", 12],
  ["((a{1,255}){1,255}){1,255}", 12],
  ["(((a{999}){999}){999}){999}", 11],
  ["a{255}{255}{255}", 7],
  ["^start ((a|bc?){2,300}[[:space:]]){300}$", 16],
  ["((((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9,}", 16],
  ["(a{0,300})*((b{300}){300}){0,3}", 21],
];

const affordable = [
  "a{32767}",
  "a{32767}b{32767}",
  "(a{0,9}){0,9}",
  "(a{0,255}){0,255}",
  "((([a-z0-9-]{1,63}\\.){1,127})[a-z]{2,63}){0,3}",
  "(([0-9]{1,3}\\.){3}[0-9]{1,3}(:[0-9]{1,5})?[, ]*){1,100}",
  "((((a*)*)*)*)*",
  `a${"{1}".repeat(5000)}`,
  `(${Array.from({ length: 20_000 }, (_, index) => `word${index}`).join("|")})`,
  "[a{9999}{9999}{9999}]",
  "a\\{9999}\\{9999}\\{9999}",
];

describe("patterns that are too large", () => {
  for (const [pattern, column] of tooLarge)
    it(`${pattern} is off, and the others match`, () => {
      const compilation = compiled("^b$", pattern, "a");
      expect(compilation.errors.map((error) => [error.index, error.column])).to.deep.equal([[1, column]]);
      expect(compilation.errors[0]?.reason).to.match(
        /^its intervals ask for \d+ places, at most 65536 can be had$/,
      );
      expect([matchesOf(compilation, "b"), matchesOf(compilation, "aaaa")]).to.deep.equal([[0], [2]]);
    });

  for (const pattern of affordable)
    it(`${pattern.slice(0, 60)} is not`, () => {
      expect(compiled(pattern).errors).to.deep.equal([]);
    });

  it("together: the largest are off, whatever the order", () => {
    const large = Array.from({ length: 6 }, (_, index) => `^(${index}{0,250}){0,25${index}}$`);
    const expected = large.slice(4);
    for (const patterns of [large, large.toReversed()]) {
      const { errors } = compiled(...patterns);
      expect(errors.map(({ index }) => patterns[index])).to.have.members(expected);
    }
  });

  it("do not count where they are many and small", () => {
    const small = Array.from({ length: 5000 }, (_, index) => `^${index}: (.{0,80},){10}$`);
    expect(compiled(...small).errors).to.deep.equal([]);
  });

  it("are as large as can be, and memory stays bounded", function () {
    this.timeout(20_000);
    const large = ["b", "c", "d", "e"].map((letter) => `^(([a${letter}]{0,40}){0,40}){0,40}$`);
    const compilation = compiled(...large);
    expect(compilation.errors).to.deep.equal([]);
    const before = process.memoryUsage().rss;
    expect(matchesOf(compilation, "aaaa")).to.deep.equal([0, 1, 2, 3]);
    expect(process.memoryUsage().rss - before).to.be.below(250e6);
  });
});
