/** When states are begun anew and when what they lack is simulated: the bytes walked for each state decide. */
import { expect } from "chai";
import { CachePace } from "../../src/ere/dfa/cache-pace.js";

const states = 1000;
const megabyte = 1_000_000;

/** Asks again and again, as lines of 100 bytes would, until states are begun anew: how many bytes were simulated. */
function simulatedBytes(pace: CachePace, walkedBytes: number): number {
  let simulated = 0;
  for (; !pace.isWorthBeginningAnew(walkedBytes + simulated, states); simulated += 100) pace.simulated(100);
  return simulated;
}

describe("the pace of the cache", () => {
  it("begins anew at once where the states have served enough bytes", () => {
    const pace = new CachePace();
    for (const walked of [megabyte, 2 * megabyte, 3 * megabyte])
      expect(simulatedBytes(pace, walked), `${walked} bytes`).to.equal(0);
  });

  it("simulates where hardly more bytes were walked than states built", () => {
    expect(simulatedBytes(new CachePace(), 2 * states)).to.be.within(10 * states, 100 * states);
  });

  it("counts from when the states were last begun", () => {
    const pace = new CachePace();
    expect(simulatedBytes(pace, megabyte)).to.equal(0);
    expect(simulatedBytes(pace, megabyte + 2 * states)).to.be.greaterThan(0);
  });

  it("simulates longer each time that filling was in vain, but not without end", () => {
    const pace = new CachePace();
    let walked = 0;
    const rests = Array.from({ length: 8 }, () => {
      walked += 2 * states;
      const rest = simulatedBytes(pace, walked);
      walked += rest;
      return rest;
    });
    expect(rests.slice(0, 5).map((rest) => rest / (rests[0] ?? NaN))).to.deep.equal([1, 2, 4, 8, 16]);
    expect(rests.slice(5)).to.deep.equal([rests[4], rests[4], rests[4]]);
  });

  it("is patient again once a filling was worth it", () => {
    const pace = new CachePace();
    const first = simulatedBytes(pace, 2 * states);
    const begun = 2 * states + first;
    expect(simulatedBytes(pace, begun + megabyte)).to.equal(0);
    expect(simulatedBytes(pace, begun + megabyte + 2 * states)).to.equal(first);
  });

  it("counts no states that were found in a cache, whatever text they were built from", () => {
    const full = 1 << 15;
    const pace = new CachePace();
    expect(new CachePace().isWorthGrowing(100, full), "built from 100 bytes").to.equal(false);
    pace.found(full);
    expect(pace.isWorthGrowing(100, full), "found").to.equal(true);
    expect(pace.areStatesVain).to.equal(false);
    expect(pace.isWorthGrowing(100, 2 * full), "built as many again").to.equal(false);
    expect(pace.areStatesVain).to.equal(true);
  });
});
