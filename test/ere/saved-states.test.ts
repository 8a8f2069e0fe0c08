/** States kept on disk: they save the building, and are never trusted when anything about them is wrong. */
import { expect } from "chai";
import { compilePatternSet, type Compilation, type LineScanner, type Locale } from "../../src/ere/index.js";
import { KeptStates } from "./support/kept-states.js";

const texts = ["^a+ b$", "^a+ c", "(x)\\1", "broken(", "d$"];
const text = Buffer.from("aa b  \naa c\nxx\nnone\nd\n");
const listsAll = { isSelected: () => true };

interface Choices {
  readonly patterns?: readonly string[];
  readonly locale?: Locale;
  readonly trimsTrailingSpace?: boolean;
}

function compiled(statesCache: KeptStates, choices: Choices = {}): Compilation {
  const { patterns = texts, locale = "C", trimsTrailingSpace = true } = choices;
  return compilePatternSet(
    patterns.map((pattern) => Buffer.from(pattern)),
    { locale, trimsTrailingSpace, statesCache },
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
    const cache = new KeptStates();
    const scanner = compiled(cache).set.scanner(listsAll);
    expect(matchesOf(scanner)).to.deep.equal(expected);
    scanner.keepStates();
    saved = cache.saved ?? Buffer.alloc(0);
  });

  const isTaken = (bytes: Uint8Array, choices?: Choices): boolean =>
    compiled(new KeptStates(bytes), choices).isKnown;

  it("give the same verdicts and the same errors", () => {
    const { set, errors, isKnown } = compiled(new KeptStates(saved));
    expect(isKnown).to.equal(true);
    expect(errors).to.deep.equal(compiled(new KeptStates()).errors);
    expect(errors.map(({ index }) => index)).to.deep.equal([3]);
    expect(matchesOf(set.scanner(listsAll))).to.deep.equal(expected);
  });

  it("grow by what is missing, and the cache is told how many it has", () => {
    const cache = new KeptStates(saved);
    const scanner = compiled(cache).set.scanner(listsAll);
    const kept = scanner.stateCount;
    expect(kept).to.be.greaterThan(5);
    const lines = ["aaaa cc", "a b x", "zd", "axx", "aa b\t \r"].map((line) => Buffer.from(line));
    const fresh = compiled(new KeptStates()).set.scanner(listsAll);
    for (const line of lines)
      expect(scanner.matches(scanner.matchLine(line))).to.deep.equal(fresh.matches(fresh.matchLine(line)));
    const grown = scanner.stateCount;
    expect(grown).to.be.greaterThan(kept);
    scanner.keepStates();
    scanner.keepStates();
    expect(cache.countsBefore).to.deep.equal([kept, grown]);
    const again = compiled(cache).set.scanner(listsAll);
    expect(again.stateCount).to.equal(grown);
    for (const line of lines)
      expect(again.matches(again.matchLine(line))).to.deep.equal(fresh.matches(fresh.matchLine(line)));
  });

  it("are not read when a bit is wrong anywhere", () => {
    for (let place = 0; place < saved.length; place++) {
      const damaged = Uint8Array.from(saved);
      damaged[place] = (damaged[place] ?? 0) ^ (1 << (place % 8));
      expect(isTaken(damaged), `byte ${place}`).to.equal(false);
    }
  });

  it("are not read when they are cut or prolonged", () => {
    for (let length = 0; length < saved.length; length += 7)
      expect(isTaken(saved.subarray(0, length)), `${length} bytes`).to.equal(false);
    expect(isTaken(Buffer.concat([saved, Buffer.alloc(4)]))).to.equal(false);
  });

  it("are not read for other patterns, another order, locale or way to trim", () => {
    expect(isTaken(saved, {})).to.equal(true);
    const others: Choices[] = [
      { patterns: [...texts, "more"] },
      { patterns: texts.toReversed() },
      { locale: "UTF-8" },
      { trimsTrailingSpace: false },
    ];
    for (const choices of others) expect(isTaken(saved, choices)).to.equal(false);
  });

  it("of text that gets a new state for nearly each byte are not kept: each later run would begin with them", () => {
    const patterns = ["a.{40}b"];
    let seed = 1;
    const letters = Array.from({ length: 100_000 }, () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed >>> 31 ? "a" : "b";
    });
    const noise = new KeptStates();
    const scanner = compiled(noise, { patterns }).set.scanner(listsAll);
    scanner.matchLine(Buffer.from(letters.join("")));
    scanner.keepStates();
    expect(noise.saved).to.equal(undefined);
  });
});
