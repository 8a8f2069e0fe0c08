/** Lines that were read before are taken out of chunks of any size, and nothing else. */
import { expect } from "chai";
import fc from "fast-check";
import { KnownRanges } from "../../src/sources/bytes/known-ranges.js";
import { seed } from "../support/seed.js";

describe("known ranges", () => {
  it("are taken out wherever chunks end", () => {
    const lengths = fc.array(fc.record({ left: fc.nat(5), known: fc.nat(5) }), { maxLength: 6 });
    fc.assert(
      fc.property(
        lengths,
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 40, maxLength: 80 }),
        (gaps, sizes) => {
          const ranges: [number, number][] = [];
          let [text, expected] = ["", ""];
          for (const { left, known } of gaps) {
            const kept = text.length.toString(36).repeat(left).slice(0, left);
            expected += kept;
            text += kept;
            if (known > 0) ranges.push([text.length, text.length + known]);
            text += "-".repeat(known);
          }
          text += "end";
          expected += "end";
          const knownRanges = new KnownRanges(ranges);
          let [given, place] = ["", 0];
          for (const size of sizes) {
            const chunk = Buffer.from(text.slice(place, place + size));
            given += chunk.toString("latin1", 0, knownRanges.takeOutOf(chunk, chunk.length, place));
            place += chunk.length;
          }
          expect(given + text.slice(place)).to.equal(expected);
        },
      ),
      { seed },
    );
  });

  it("say of a line whether it is known", () => {
    const ranges = new KnownRanges([
      [5, 10],
      [20, 30],
    ]);
    expect([0, 5, 9, 10, 20, 30].map((place) => ranges.has(place))).to.deep.equal([
      false,
      true,
      true,
      false,
      true,
      false,
    ]);
    expect(ranges.endBytes).to.equal(30);
    expect(new KnownRanges().has(0)).to.equal(false);
  });
});
