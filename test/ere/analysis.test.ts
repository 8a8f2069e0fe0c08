/** What can be asked of a pattern without a line: where its parts stand, and which bytes it needs. */
import { expect } from "chai";
import {
  byteSetFrom,
  compilePatternSet,
  isWhiteSpaceByte,
  partsOf,
  patternParser,
  requiresOtherByte,
  type SyntaxTree,
} from "../../src/ere/index.js";
import { randomStream } from "../support/seed.js";
import { randomPattern } from "./support/random-patterns.js";

const parse = patternParser("UTF-8");
const treeOf = (ere: string): SyntaxTree | undefined => parse(Buffer.from(ere, "latin1"));

/** The texts that the parts of a pattern, or its branches, stand for. */
function textsOf(ere: string): string[] {
  const tree = treeOf(ere);
  if (tree === undefined) return [];
  const parts = tree.kind === "choice" ? tree.branches : partsOf(tree);
  return parts.map(({ start, end }) => ere.slice(start, end));
}

const cases: Readonly<Record<string, readonly string[]>> = {
  "^a+b{2,3}?$": ["^", "a+", "b{2,3}?", "$"],
  "(a|b)*[]x[:digit:]]\\.": ["(a|b)*", "[]x[:digit:]]", "\\."],
  "a|b|": ["a", "b", ""],
  "x{1}y{0}": ["x{1}", "y{0}"],
  "a{,b": ["a", "{", ",", "b"],
  "\xc3\xa9t\xe9": ["\xc3\xa9", "t", "\xe9"],
  "(a)\\1\\b": ["(a)", "\\1", "\\b"],
};

function childrenOf(tree: SyntaxTree): readonly SyntaxTree[] {
  if (tree.kind === "sequence") return tree.parts;
  if (tree.kind === "choice") return tree.branches;
  return tree.kind === "repeat" || tree.kind === "group" ? [tree.body] : [];
}

function expectNested(ere: string, tree: SyntaxTree): void {
  let before = tree.start;
  for (const child of childrenOf(tree)) {
    expect(child.start, ere).to.be.at.least(before);
    expect(child.end, ere).to.be.at.least(child.start).and.at.most(tree.end);
    // A pattern that grep takes for one fixed text has parts that all stand for the whole of it.
    if (child.end - child.start < tree.end - tree.start) before = child.end;
    expectNested(ere, child);
  }
}

describe("the spans of a syntax tree", () => {
  for (const [ere, texts] of Object.entries(cases))
    it(`of ${ere} are the places of its parts`, () => {
      expect(textsOf(ere)).to.deep.equal(texts);
    });

  it("of a repetition end after its body where it begins", () => {
    const [repeat] = partsOf(treeOf("(ab){2,3}+") ?? expect.fail("refused"));
    expect(repeat).to.deep.include({ kind: "repeat", start: 0, end: 10 });
    expect(repeat?.kind === "repeat" && [repeat.body.start, repeat.body.end]).to.deep.equal([0, 9]);
  });

  it("lie within each other and in order", () => {
    const random = randomStream();
    let read = 0;
    for (let round = 0; round < 20_000; round++) {
      const ere = randomPattern(random, 0);
      const tree = treeOf(ere);
      if (tree === undefined) continue;
      read++;
      expect(tree.end, ere).to.be.at.most(ere.length);
      expectNested(ere, tree);
    }
    expect(read).to.be.greaterThan(5_000);
  });

  it("of a pattern that grep refuses are not there", () => {
    expect(treeOf("a(b")).to.equal(undefined);
  });
});

describe("the bytes that a pattern needs", () => {
  const ab = byteSetFrom(Buffer.from("ab"));
  const needs = (ere: string): boolean => requiresOtherByte(treeOf(ere) ?? expect.fail("refused"), ab);

  it("are told where no line can do without", () => {
    for (const ere of ["c", "a+c", "(a|b)c{2}", "c|d", "[cd]", "((c)+|ad)", "\xc3\xa9"])
      expect(needs(ere), ere).to.equal(true);
    for (const ere of ["a", "c*", "a|c", "[ac]", "(c|)", ".", "[^a]", "c{0,3}"])
      expect(needs(ere), ere).to.equal(false);
  });

  it("are needed: no line without them matches", () => {
    const random = randomStream();
    const lines = ["", "a", "b", "aa", "ab", "ba", "aab", "abab", "bbbb"].map((line) => Buffer.from(line));
    let certain = 0;
    for (let round = 0; round < 1_000; round++) {
      const ere = randomPattern(random, 0);
      const tree = treeOf(ere);
      if (tree === undefined || !requiresOtherByte(tree, ab)) continue;
      certain++;
      const { set } = compilePatternSet([Buffer.from(ere, "latin1")], {
        locale: "UTF-8",
        trimsTrailingSpace: false,
      });
      const scanner = set.scanner({ isSelected: () => true });
      for (const line of lines) expect(scanner.matches(scanner.matchLine(line)), ere).to.deep.equal([]);
    }
    expect(certain).to.be.greaterThan(50);
  });

  it("may be white space alone", () => {
    const isSpace = (ere: string): boolean => isWhiteSpaceByte(treeOf(ere) ?? expect.fail("refused"));
    for (const ere of [" ", "\t", "[ \t]", "\\ "]) expect(isSpace(ere), ere).to.equal(true);
    for (const ere of ["x", "[ x]", " *", "", "."]) expect(isSpace(ere), ere).to.equal(false);
  });
});
