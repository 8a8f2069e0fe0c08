import { expect } from "chai";
import { chmodSync, mkdirSync, readdirSync, statSync, utimesSync } from "node:fs";
import { AutomatonCache } from "../../src/store/caches/cache.js";
import { realDisk } from "../../src/std/disk.js";
import { Sandbox } from "../support/cli.js";

const automaton = (stateCount: number, bytes = `states ${stateCount}`) => ({
  stateCount,
  saveStates: () => Buffer.from(bytes),
});

describe("the automaton's cache", () => {
  let box: Sandbox;
  beforeEach(() => (box = new Sandbox()));
  afterEach(() => box.remove());
  const open = (version = "1.0.0"): AutomatonCache =>
    new AutomatonCache(realDisk, box.path("cache"), version);
  const read = (cache: AutomatonCache, key = "aa"): string | undefined => {
    const bytes = cache.read(key);
    return bytes && Buffer.from(bytes).toString();
  };

  it("gives back what was kept, by key and version, privately", () => {
    open().store("aa", automaton(10), 0);
    expect(read(open())).to.equal("states 10");
    expect(read(open(), "bb")).to.equal(undefined);
    expect(read(open("1.0.1"))).to.equal(undefined);
    expect(statSync(box.path("cache")).mode & 0o777).to.equal(0o700);
  });

  const counts: readonly (readonly [string, number, number, boolean])[] = [
    ["new ones", 10, 0, true],
    ["notably more than before", 1100, 1000, true],
    ["hardly more than before", 1010, 1000, false],
    ["so many that every start would be slower", 40_000, 1000, false],
  ];
  for (const [what, count, before, isKept] of counts) {
    it(`${isKept ? "keeps" : "does not keep"} ${what}`, () => {
      open().store("aa", automaton(count), before);
      expect(read(open()) !== undefined).to.equal(isKept);
    });
  }

  it("keeps few files, whatever happens to the rules", () => {
    for (let key = 100; key < 160; key++) open().store(String(key), automaton(10), 0);
    expect(readdirSync(box.path("cache")).length).to.equal(16);
    expect(read(open(), "159")).to.equal("states 10");
  });

  it("forgets first what was not used for the longest time", () => {
    open().store("aa", automaton(10), 0);
    open().store("bb", automaton(10), 0);
    const longAgo = new Date("2026-11-22T00:41:26Z");
    for (const name of readdirSync(box.path("cache")))
      utimesSync(box.path(`cache/${name}`), longAgo, longAgo);
    read(open(), "aa");
    for (let key = 100; key < 115; key++) open().store(String(key), automaton(10), 0);
    expect(read(open(), "bb")).to.equal(undefined);
    expect(read(open(), "aa")).to.equal("states 10");
  });

  it("stays silent where it cannot read or write", () => {
    mkdirSync(box.path("cache"), { mode: 0o777 });
    chmodSync(box.path("cache"), 0o777);
    open().store("aa", automaton(10), 0);
    expect(read(open())).to.equal(undefined);
  });
});
