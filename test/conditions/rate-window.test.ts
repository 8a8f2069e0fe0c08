/** How many lines came in the period before each: as counting them all one by one says, in any order. */
import { expect } from "chai";
import { RateWindow } from "../../src/conditions/rate-window.js";
import { randomStream } from "../support/seed.js";

const hourMs = 3_600_000;

describe("rates", () => {
  it("are exact to the second for an hour, whatever the order of the lines", () => {
    const random = randomStream();
    for (let round = 0; round < 30; round++) {
      const window = new RateWindow(hourMs);
      const times: number[] = [];
      let now = 1_000_000;
      for (let line = 0; line < 300; line++) {
        // Two logs of some hours, one read after the other.
        now = line === 150 ? 1_000_000 : now + Math.floor(random() * 120);
        const lines = random() < 0.1 ? 5 : 1;
        for (let repeated = 0; repeated < lines; repeated++) times.push(now);
        const expected = times.filter((time) => time <= now && time > now - 3600).length;
        expect(window.add(now * 1000, lines)).to.equal(expected);
      }
    }
  });

  it("are remembered for the next run", () => {
    const window = new RateWindow(hourMs);
    window.add(10 * hourMs, 2);
    window.add(10.5 * hourMs, 1);
    const next = new RateWindow(hourMs, JSON.parse(JSON.stringify(window.recent(10.6 * hourMs))));
    expect(next.add(10.9 * hourMs, 1)).to.equal(4);
    expect(next.add(11.2 * hourMs, 1)).to.equal(3);
  });

  it("are bounded, and in doubt too many: what was forgotten may have been there", () => {
    const window = new RateWindow(hourMs);
    for (let second = 0; second < 20_000; second++) window.add(second * 1000, 1);
    expect(window.recent(20_000_000).length).to.be.at.most(8192);
    expect(window.add(19_999_000, 1)).to.equal(3601);
    expect(window.add(4_000_000, 1)).to.equal(Infinity);
  });

  it("are not emptied by a line that claims to be of the future", () => {
    const window = new RateWindow(hourMs);
    for (let line = 0; line < 5; line++) window.add(10 * hourMs, 1);
    window.add(1e6 * hourMs, 1);
    const next = new RateWindow(hourMs, window.recent(10 * hourMs));
    expect(next.add(10 * hourMs + 1000, 1)).to.equal(6);
  });
});
