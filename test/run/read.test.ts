/** The walk's promises where something fails on the way. */
import { expect } from "chai";
import { walk, type LineSieve, type Progress } from "../../src/run/read.js";
import type { Chunk } from "../../src/std/chunk.js";
import type { ResumableReader, Source } from "../../src/sources/source.js";
import type { Notice } from "../../src/std/notice.js";

/** Lists every line that begins with "odd". */
function oddSieve(): LineSieve<boolean> {
  const chunk = new Uint8Array(4096);
  let unselected = 0;
  return {
    chunk,
    sift(lengthBytes) {
      const lines = [...Buffer.from(chunk.subarray(0, lengthBytes)).toString("latin1").matchAll(/.*\n/g)];
      const selected = lines.filter(([line]) => line.startsWith("odd"));
      unselected += lines.length - selected.length;
      return {
        lineCount: lines.length,
        selectedCount: selected.length,
        starts: Uint32Array.from(selected, ({ index }) => index),
        ends: Uint32Array.from(selected, ({ index, 0: line }) => index + line.length),
        verdict: () => true,
      };
    },
    siftLine: () => true,
    isSelected: (verdict) => verdict,
    unselectedCount: () => unselected,
  };
}

/** Gives the chunks one by one; an Error among them is thrown. Its position is the count of chunks given. */
function scripted(
  name: string,
  script: readonly (string | Error)[],
  noticed: readonly Notice[] = [],
): Source {
  return {
    name,
    async open(from) {
      let next = Number(from?.kind === "cursor" ? from.cursor : 0);
      const reader: ResumableReader = {
        async read(into): Promise<Chunk> {
          const step = script[next];
          if (step === undefined) return { kind: "end" };
          if (step instanceof Error) throw step;
          next += 1;
          return { kind: "lines", lengthBytes: Buffer.from(into.buffer).write(step) };
        },
        position: () => ({ kind: "cursor", cursor: String(next) }),
        notices: () => noticed,
        close: async () => {},
      };
      return reader;
    },
  };
}

interface Given {
  readonly sieve?: LineSieve<boolean>;
  readonly storeEveryBytes?: number;
  readonly store?: (progress: Progress) => void;
}

async function walked(sources: readonly Source[], given: Given = {}) {
  const lines: string[] = [];
  const progress = await walk({
    sources,
    sieve: oddSieve(),
    desk: {
      take({ bytes }) {
        lines.push(Buffer.from(bytes).toString());
        return "reported" as const;
      },
    },
    positions: {},
    storeEveryBytes: 2 ** 20,
    store: () => {},
    ...given,
  });
  return { lines, progress };
}

describe("the walk", () => {
  it("reports what was read of a source before it failed, keeps the position after that, and reads the others", async () => {
    const failing = scripted("a.log", ["odd 1\nfine\n", new Error("input/output error"), "odd lost\n"]);
    const { lines, progress } = await walked([failing, scripted("b.log", ["odd 2\n"])]);
    expect(lines).to.deep.equal(["odd 1\n", "odd 2\n"]);
    expect(progress.failed).to.deep.equal(["a.log"]);
    expect(progress.positions["a.log"]).to.deep.equal({ kind: "cursor", cursor: "1" });
    expect(progress.ledger).to.deep.include({
      source: "a.log",
      read: 2,
      ignored: 1,
      duplicate: 0,
      reported: 1,
      counted: 0,
    });
    expect(progress.notices.map(({ where, what }) => `${where}: ${what}`)).to.deep.equal([
      "a.log: input/output error",
    ]);
  });

  it("stops, and stores nothing, when the sieve fails: the position would be after lines that nobody judged", async () => {
    const sieve = {
      ...oddSieve(),
      sift(): never {
        throw new RangeError("out of memory");
      },
    };
    const failure = await walked([scripted("a.log", ["odd 1\n"])], { sieve }).catch(
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(RangeError);
  });

  it("stores what a source noticed together with the first part of its lines", async () => {
    const shrank = { where: "a.log", what: "shrank", done: "reading again from the start" };
    const stored: Progress[] = [];
    const source = scripted("a.log", ["odd 1\n", "odd 2\n"], [shrank]);
    const { progress } = await walked([source], {
      storeEveryBytes: 1,
      store: (soFar) => stored.push(soFar),
    });
    expect(stored.map(({ notices }) => notices)).to.deep.equal([[shrank], [shrank]]);
    expect(progress.notices).to.deep.equal([shrank]);
  });
});
