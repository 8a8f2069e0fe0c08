/** The walk's promises where something fails on the way. */
import { expect } from "chai";
import type { Classifier } from "../../src/rules/classify/classifier.js";
import { walk, type ReadPart } from "../../src/run/read.js";
import type { Source } from "../../src/sources/source.js";
import { oddClassifier, positionAfter, scripted, type Oddity } from "./products.js";

interface Given {
  readonly classifier?: Classifier<Oddity>;
  readonly storeEveryBytes?: number;
  readonly store?: (part: ReadPart<Oddity>) => void;
  readonly outcome?: "reported" | "counted" | "duplicate";
  readonly signal?: AbortSignal;
}

async function walked(sources: readonly Source[], { outcome = "reported", ...given }: Given = {}) {
  const lines: string[] = [];
  let commits = 0;
  const part = await walk({
    sources,
    classifier: oddClassifier(),
    collector: {
      accept({ bytes }) {
        lines.push(Buffer.from(bytes).toString());
        return outcome;
      },
    },
    positions: {},
    storeEveryBytes: 2 ** 20,
    store: () => {},
    reportFilePath: () => `/state/full/${commits++}`,
    ...given,
  });
  return { lines, part };
}

describe("the walk", () => {
  it("reports what was read of a source before it failed, keeps the position after that, and reads the others", async () => {
    const failing = scripted("a.log", ["odd 1\nfine\n", new Error("input/output error"), "odd lost\n"]);
    const { lines, part } = await walked([failing, scripted("b.log", ["odd 2\n"])]);
    expect(lines).to.deep.equal(["odd 1\n", "odd 2\n"]);
    expect(part.failed).to.deep.equal(["a.log"]);
    expect(part.positions["a.log"]).to.deep.equal(positionAfter(1));
    expect(part.ledger[0]).to.deep.equal({
      source: "a.log",
      read: 2,
      ignored: 1,
      duplicate: 0,
      reported: 1,
      counted: 0,
    });
    expect(part.notices.map(({ where, what }) => `${where}: ${what}`)).to.deep.equal([
      "a.log: input/output error",
    ]);
  });

  it("stops, and stores nothing, when the classifier fails: the position would be after lines that have no verdict", async () => {
    const classifier: Classifier<Oddity> = {
      ...oddClassifier(),
      classify(): never {
        throw new RangeError("out of memory");
      },
    };
    const stored: unknown[] = [];
    const failure = await walked([scripted("a.log", ["odd 1\n"])], {
      classifier,
      store: (part) => stored.push(part),
    }).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(RangeError);
    expect(stored).to.deep.equal([]);
  });

  it("stores what a source noticed together with the first part of its lines", async () => {
    const shrank = { where: "a.log", what: "shrank", done: "reading again from the start" };
    const stored: ReadPart<Oddity>[] = [];
    const source = scripted("a.log", ["odd 1\n", "odd 2\n"], [shrank]);
    const { part } = await walked([source], { storeEveryBytes: 1, store: (soFar) => stored.push(soFar) });
    expect(stored.map(({ notices }) => notices)).to.deep.equal([[shrank], [shrank]]);
    expect(part.notices).to.deep.equal([shrank]);
  });

  it("holds the automaton's counts against the lines that the source gave", async () => {
    const classifier = oddClassifier();
    const forgetful: Classifier<Oddity> = {
      ...classifier,
      get buffer() {
        return classifier.buffer;
      },
      takeCounts: () => new Map(),
    };
    const failure = await walked([scripted("a.log", ["odd 1\nfine\n"])], { classifier: forgetful }).catch(
      (error: unknown) => error,
    );
    expect(failure)
      .to.be.instanceOf(Error)
      .and.to.have.property("message")
      .that.matches(/^bug: a\.log: read 2/);
  });

  for (const outcome of ["reported", "counted", "duplicate"] as const)
    it(`keeps a ledger row for lines that are ${outcome}, over the parts of a run`, async () => {
      const source = scripted("a.log", ["odd 1\nfine\nodd 2", "odd 3\n", "fine\n"]);
      const { part } = await walked([source], { outcome, storeEveryBytes: 1 });
      const row = { source: "a.log", read: 5, ignored: 2, duplicate: 0, reported: 0, counted: 0 };
      expect(part.ledger).to.deep.equal([{ ...row, [outcome]: 3 }]);
      expect(part.reportFiles).to.deep.equal(outcome === "counted" ? ["/state/full/0", "/state/full/1"] : []);
    });

  it("counts lines by verdict since the run began, whatever the classifier has seen before", async () => {
    const classifier = oddClassifier();
    classifier.verdictOn(Buffer.from("fine"));
    const { part } = await walked([scripted("a.log", ["odd 1\nfine\n"])], { classifier });
    expect([...part.counts].map(([{ isOdd }, count]) => [isOdd, count])).to.have.deep.members([
      [true, 1],
      [false, 1],
    ]);
  });

  it("ends after the chunk in hand when it is told to, with the position after that chunk", async () => {
    const abort = new AbortController();
    const source = scripted("a.log", ["odd 1\n", "odd 2\n"]);
    const { lines, part } = await walked([source, scripted("b.log", ["odd 3\n"])], {
      storeEveryBytes: 1,
      store: () => abort.abort(),
      signal: abort.signal,
    });
    expect(lines).to.deep.equal(["odd 1\n"]);
    expect(part.positions).to.deep.equal({ "a.log": positionAfter(1) });
    expect(part.failed).to.deep.equal([]);
  });
});
