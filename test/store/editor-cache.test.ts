import { expect } from "chai";
import { readdirSync } from "node:fs";
import { AutomatonCache } from "../../src/store/caches/cache.js";
import { EditorCache } from "../../src/store/caches/editor-cache.js";
import { realDisk } from "../../src/std/disk.js";
import { Sandbox } from "../support/cli.js";

describe("the cache of edited files", () => {
  let box: Sandbox;
  beforeEach(() => (box = new Sandbox()));
  afterEach(() => box.remove());
  const open = (...place: readonly string[]): EditorCache =>
    new EditorCache(realDisk, box.path("cache"), "1.0.0", place);
  const automaton = (text: string) => ({ stateCount: 10, saveStates: () => Buffer.from(text) });
  const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

  it("keeps the last states and answers of each place", () => {
    open("a").store("11", automaton("old"), 0);
    open("a").store("22", automaton("new"), 0);
    open("a").storeAnswers(Buffer.from("found"));
    expect(text(open("a").read())).to.equal("new");
    expect(text(open("a").answers)).to.equal("found");
    expect(open("b").read()).to.equal(undefined);
    expect(open("b").answers).to.equal(undefined);
  });

  it("keeps few files, and takes none of a run's", () => {
    const runs = new AutomatonCache(realDisk, box.path("cache"), "1.0.0");
    runs.store("aa", automaton("of a run"), 0);
    for (let n = 0; n < 40; n++) {
      open(String(n)).store("11", automaton(String(n)), 0);
      open(String(n)).storeAnswers(Buffer.from(String(n)));
    }
    expect(text(runs.read("aa"))).to.equal("of a run");
    expect(readdirSync(box.path("cache/editor"))).to.have.length(32);
    expect(text(open("39").read())).to.equal("39");
    expect(text(open("39").answers)).to.equal("39");
  });
});
