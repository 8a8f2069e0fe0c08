/** Texts that came before: the same string, and never another one's. */
import { expect } from "chai";
import { KnownShapes, KnownTexts } from "../../src/group/template/known-texts.js";
import { StreamNames } from "../../src/group/events/streams.js";

/** More than there are places, so that many share one; twice, since what comes once is not remembered. */
const numbers = Array.from({ length: 10_000 }, (_, index) => index);

describe("known texts", () => {
  it("gives each text as it is, whatever shares its place", () => {
    const texts = new KnownTexts();
    const bytes = Buffer.alloc(64);
    for (const round of [1, 2, 3])
      for (const number of numbers) {
        const text = `${number % 7} failed \xfc ${number}`;
        const end = bytes.write(text, "latin1");
        if (texts.textOf(bytes, end) !== text) expect.fail(`round ${round}: not "${text}"`);
      }
  });

  it("joins each program with its template, where programs and templates share their characters", () => {
    const shapes = new KnownShapes();
    for (const round of [1, 2, 3])
      for (const number of numbers)
        for (const [program, template] of [
          ["a", `b: c ${number}`],
          ["a: b", `c ${number}`],
          [`a${number % 3}`, `* of * ${number % 1000} x`],
        ] as const)
          if (shapes.join(program, template) !== `${program}: ${template}`)
            expect.fail(`round ${round}: not "${program}: ${template}"`);
  });

  it("reads a text past what is remembered", () => {
    const long = "x".repeat(5000);
    const texts = new KnownTexts();
    for (const end of [5000, 5000, 4999]) expect(texts.textOf(Buffer.from(long), end)).to.have.length(end);
    const shapes = new KnownShapes();
    for (const _ of numbers.slice(0, 3)) expect(shapes.join("a", long)).to.equal(`a: ${long}`);
  });
});

describe("names of streams", () => {
  it("gives no two streams one name, also after more than it remembers", () => {
    const streams = new StreamNames();
    const names = new Map<string, string>();
    for (const number of numbers) {
      const stream = [`log ${number % 3} ü`, `host${number % 50}`, `program ${number}`] as const;
      const name = streams.nameOf(...stream);
      expect(names.get(name)).to.equal(undefined);
      names.set(name, stream.join());
      expect(streams.nameOf(...stream)).to.equal(name);
    }
  });

  it("tells streams apart by each part alone, and in turns", () => {
    const streams = new StreamNames();
    const all = [
      ["log", "host", "program"],
      ["log2", "host", "program"],
      ["log", "host2", "program"],
      ["log", "host", "program2"],
      ["log ü€", "host", "program"],
    ] as const;
    const name = ([source, host, program]: (typeof all)[number]): string =>
      streams.nameOf(source, host, program);
    const first = all.map(name);
    expect(new Set(first).size).to.equal(all.length);
    expect(all.map(name)).to.deep.equal(first);
  });
});
