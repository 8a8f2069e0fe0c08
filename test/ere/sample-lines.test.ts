import { expect } from "chai";
import { compilePatternSet, patternParser, sampleLine, type SampleStyle } from "../../src/ere/index.js";

const styles: readonly SampleStyle[] = ["first", "last", "any", "long"];

describe("lines made of a pattern's tree", () => {
  const patterns = [
    "^a[0-9]{3,5}(x|yy)?$",
    "^[^ ]+ (one|two|[[:upper:]]+) .*z$",
    "^é[^é]+\\.$",
    "^[[:space:]]+x",
    "^(a|b(c|d){2}){1,3}$",
    "^(a|bc)([0-9])x\\1-\\2$",
    "^\\w+\\W\\S\\s-$",
  ];
  for (const locale of ["C", "UTF-8"] as const)
    it(`match it, in ${locale}`, () => {
      const parse = patternParser(locale);
      for (const pattern of patterns) {
        const bytes = Buffer.from(pattern);
        const scanner = compilePatternSet([bytes], { locale, trimsTrailingSpace: false }).set.scanner({
          isSelected: () => false,
        });
        const tree = parse(bytes);
        for (const [number, style] of styles.entries()) {
          let state = number / 7;
          const line = tree && sampleLine(tree, 0, style, () => (state = (state * 997 + 0.37) % 1));
          const matches = line ? scanner.matches(scanner.matchLine(line)) : [];
          expect(matches, `${pattern} ${style}: ${Buffer.from(line ?? []).toString()}`).to.deep.equal([0]);
        }
      }
    });

  it("are few bytes, whatever the intervals, and none where nothing would end", () => {
    const parse = patternParser("UTF-8");
    for (const pattern of ["((a{0,255}){0,255}){0,3}", "(((x?){255}){255}){2}", "a{30000}"]) {
      const tree = parse(Buffer.from(pattern));
      for (const style of styles) {
        const line = tree && sampleLine(tree, 0, style, () => 0.9);
        expect(line?.length ?? 0).to.be.at.most(2048);
      }
    }
  });

  it("leave out what stands before a place", () => {
    const tree = patternParser("C")(Buffer.from("^head: [0-9]+$"));
    expect(Buffer.from((tree && sampleLine(tree, 7, "first", () => 0)) ?? []).toString()).to.equal("0");
  });
});
