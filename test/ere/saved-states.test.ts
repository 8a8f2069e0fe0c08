/** States kept on disk: they save the building, and are never trusted when anything about them is wrong. */
import { expect } from "chai";
import { compilePatternSet, type Compilation, type LineScanner } from "../../src/ere/scan/pattern-set.js";

const texts = ["^a+ b$", "^a+ c", "(x)\\1", "broken(", "d$"];
const text = Buffer.from("aa b  \naa c\nxx\nnone\nd\n");
const listsAll = { isSelected: () => true };

function compiled(savedStates?: Uint8Array, patterns = texts): Compilation {
  return compilePatternSet(
    patterns.map((pattern) => Buffer.from(pattern)),
    { locale: "C", trimsTrailingSpace: true, ...(savedStates && { savedStates: () => savedStates }) },
  );
}

function matchesOf(scanner: LineScanner): string[] {
  scanner.chunk.set(text);
  const { selectedCount, matchSets } = scanner.scan(text.length);
  return Array.from(matchSets.subarray(0, selectedCount), (id) => scanner.matches(id).join());
}

describe("saved states", () => {
  const expected = ["0", "1", "2", "", "4"];
  let saved: Uint8Array;
  before(() => {
    const scanner = compiled().set.scanner(listsAll);
    expect(matchesOf(scanner)).to.deep.equal(expected);
    saved = scanner.saveStates();
  });

  it("give the same verdicts and the same errors", () => {
    const { set, errors } = compiled(saved);
    expect(errors).to.deep.equal(compiled().errors);
    expect(errors.map(({ index }) => index)).to.deep.equal([3]);
    expect(matchesOf(set.scanner(listsAll))).to.deep.equal(expected);
  });

  it("can be given to a scanner that has walked nothing yet, and to no other", () => {
    const scanner = compiled().set.scanner(listsAll);
    expect(scanner.restoreStates(saved)).to.equal(true);
    expect(matchesOf(scanner)).to.deep.equal(expected);
    expect(scanner.restoreStates(saved)).to.equal(false);
    expect(matchesOf(scanner)).to.deep.equal(expected);
  });

  it("grow by what is missing", () => {
    const scanner = compiled(saved).set.scanner(listsAll);
    const lines = ["aaaa cc", "a b x", "zd", "axx", "aa b\t \r"].map((line) => Buffer.from(line));
    const fresh = compiled().set.scanner(listsAll);
    for (const line of lines)
      expect(scanner.matches(scanner.matchLine(line))).to.deep.equal(fresh.matches(fresh.matchLine(line)));
    const again = compiled(scanner.saveStates()).set.scanner(listsAll);
    for (const line of lines)
      expect(again.matches(again.matchLine(line))).to.deep.equal(fresh.matches(fresh.matchLine(line)));
  });

  it("are not read when a bit is wrong anywhere", () => {
    const scanner = compiled().set.scanner(listsAll);
    for (let place = 0; place < saved.length; place++) {
      const damaged = Uint8Array.from(saved);
      damaged[place] = (damaged[place] ?? 0) ^ (1 << (place % 8));
      expect(scanner.restoreStates(damaged), `byte ${place}`).to.equal(false);
    }
  });

  it("are not read when they are cut or prolonged", () => {
    const scanner = compiled().set.scanner(listsAll);
    for (let length = 0; length < saved.length; length += 7)
      expect(scanner.restoreStates(saved.subarray(0, length)), `${length} bytes`).to.equal(false);
    expect(scanner.restoreStates(Buffer.concat([saved, Buffer.alloc(4)]))).to.equal(false);
  });

  it("are not read for other patterns, another order, locale or way to trim", () => {
    const others = [
      compiled(undefined, [...texts, "more"]),
      compiled(undefined, texts.toReversed()),
      compilePatternSet(
        texts.map((pattern) => Buffer.from(pattern)),
        { locale: "UTF-8", trimsTrailingSpace: true },
      ),
      compilePatternSet(
        texts.map((pattern) => Buffer.from(pattern)),
        { locale: "C", trimsTrailingSpace: false },
      ),
    ];
    for (const { set } of others) expect(set.scanner(listsAll).restoreStates(saved)).to.equal(false);
  });
});
