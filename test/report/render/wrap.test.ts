import { expect } from "chai";
import fc from "fast-check";
import { wrap, type Run } from "../../../src/report/render/wrap.js";
import { seed } from "../../support/seed.js";

const shape = { width: 12, first: "  ", further: "    " };
const lines = (runs: readonly Run[], widest?: number): string[] =>
  wrap(runs, { ...shape, ...(widest !== undefined && { widest }) }).map((line) =>
    line.map(({ text }) => text).join(""),
  );

describe("text in lines of a width", () => {
  it("breaks at blanks, and keeps a word whole that fits a line of the widest", () => {
    expect(lines([{ text: "one two three four" }])).to.deep.equal(["  one two", "    three", "    four"]);
    expect(lines([{ text: "a /var/log/nginx/x b" }], 20)).to.deep.equal([
      "  a",
      "    /var/log/nginx/x",
      "    b",
    ]);
    expect(lines([{ text: "/var/log/nginx/x" }])).to.deep.equal(["  /var/log/n", "    ginx/x"]);
  });

  it("gives each piece its paint, also where a line breaks in it", () => {
    expect(wrap([{ text: "one two ", paint: "alarm" }, { text: "three" }], shape)).to.deep.equal([
      [{ text: "  " }, { text: "one two", paint: "alarm" }],
      [{ text: "    " }, { text: "three" }],
    ]);
  });

  it("loses no character but the blanks it breaks at, and cuts none in two", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 90 }), (text) => {
        const shown = lines([{ text }]).map((line, index) => line.slice(index === 0 ? 2 : 4));
        let rest = text;
        for (const piece of shown) {
          if (!rest.startsWith(piece)) rest = rest.slice(1);
          expect(rest.startsWith(piece)).to.equal(true);
          expect(piece).to.not.match(/^[\udc00-\udfff]/);
          rest = rest.slice(piece.length);
        }
        expect(rest.trim()).to.equal("");
      }),
      { seed },
    );
  });
});
